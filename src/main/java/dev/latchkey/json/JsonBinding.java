package dev.latchkey.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * JSON of the management API, the command line and import files: read into trees, so that each field at fault can be told
 * with its name, and written from records, whose components are the fields, in their order and in snake case. Times are
 * RFC 3339 UTC. Loads Jackson's data binding, which neither a start nor a token may do. Thread-safe.
 */
public final class JsonBinding {
    private static final JsonMapper MAPPER = JsonMapper.builder(StrictParser.FACTORY)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .build();

    private JsonBinding() {}

    /** One document of any kind within these limits. */
    public static JsonNode read(byte[] utf8, JsonLimits limits) throws JsonSyntaxException {
        return StrictParser.document(utf8, limits.factory(), JsonBinding::node);
    }

    /** One document of any size that is an object. */
    public static ObjectNode readObject(byte[] utf8) throws JsonSyntaxException {
        if (StrictParser.document(utf8, StrictParser.FACTORY, JsonBinding::node) instanceof ObjectNode object) {
            return object;
        }
        throw new JsonSyntaxException("is not a JSON object");
    }

    /** One document of any size that is an object. */
    public static ObjectNode readObject(String text) throws JsonSyntaxException {
        return readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An object that Latchkey itself wrote and kept; fails with {@link IllegalStateException} when it is not JSON. */
    public static ObjectNode stored(String text) {
        try {
            return readObject(text);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("an object that is kept as JSON is none", e);
        }
    }

    /** An object without fields. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** A record, map, list or simple value as a tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** An object as a map of maps, lists and simple values. */
    public static Map<String, Object> map(ObjectNode object) {
        return MAPPER.convertValue(object, new TypeReference<>() {});
    }

    /** A record, tree, map, list or simple value as compact JSON in UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw defect(e);
        }
    }

    /** The same as text. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw defect(e);
        }
    }

    /**
     * Writes a document of any length piece by piece, indented for people. Neither flushes nor closes the target, and leaves
     * a document that broke off as it is: it must not look like a whole one.
     */
    public static JsonGenerator indented(Writer target) throws IOException {
        return MAPPER.createGenerator(target)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
                .setPrettyPrinter(new DefaultPrettyPrinter());
    }

    /** The value that begins at the parser's current token. */
    static JsonNode node(JsonParser parser) throws IOException {
        return MAPPER.readTree(parser);
    }

    private static UncheckedIOException defect(IOException e) {
        return new UncheckedIOException("a value cannot be written as JSON", e);
    }
}
