package dev.latchkey.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object as plain values: {@code Map} (in order), {@code List}, {@code String}, {@code Long}, {@code
 * BigInteger}, {@code BigDecimal}, {@code Boolean}, {@code null}. For tokens, assertions and keys, whose path must not wait
 * for data binding to load; everything else reads by {@link JsonBinding}. As strict. Thread-safe.
 */
public final class JsonReader {
    private JsonReader() {}

    /** One document that is an object. */
    public static Map<String, Object> object(byte[] utf8) throws JsonSyntaxException {
        return StrictParser.document(utf8, StrictParser.FACTORY, JsonReader::objectOrNone)
                .orElseThrow(() -> new JsonSyntaxException("is not a JSON object"));
    }

    /** One document that is an object. */
    public static Map<String, Object> object(String text) throws JsonSyntaxException {
        return object(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text of an object that is known to be JSON, compact and without some of its members. */
    public static String without(Set<String> members, String object) {
        StringWriter text = new StringWriter(object.length());
        try (JsonParser parser = StrictParser.FACTORY.createParser(object);
                JsonGenerator out = StrictParser.FACTORY.createGenerator(text)) {
            parser.nextToken();
            out.writeStartObject();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (members.contains(name)) {
                    parser.skipChildren();
                } else {
                    out.writeFieldName(name);
                    out.copyCurrentStructureExact(parser);
                }
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("an object that is kept as JSON is none", e);
        }
        return text.toString();
    }

    private static Optional<Map<String, Object>> objectOrNone(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return Optional.of(object(parser));
        }
        parser.skipChildren();
        return Optional.empty();
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("not the start of a value: " + parser.currentToken());
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static Number integer(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }
}
