package dev.latchkey.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON (RFC 8259) as plain values: {@code Map} (in order), {@code List}, {@code String}, {@code Long},
 * {@code BigInteger}, {@code BigDecimal}, {@code Boolean}, {@code null}. Reading is strict: one document, no duplicate
 * names, no broken Unicode, at most {@value #MAX_DEPTH} levels. Thread-safe.
 */
public final class Json {
    /** Nested objects and arrays beyond this are refused. */
    public static final int MAX_DEPTH = 32;

    /** Numbers of more characters are refused. */
    static final int MAX_NUMBER_LENGTH = 64;

    static final JsonFactory FACTORY = strictFactory()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .build();

    private Json() {}

    /** Names are not interned: they are the sender's, and the JVM's table of strings belongs to all. */
    static JsonFactoryBuilder strictFactory() {
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM);
    }

    /** One document of any kind and size. */
    public static @Nullable Object parse(byte[] utf8) throws JsonSyntaxException {
        return parse(utf8, FACTORY);
    }

    /** One document of any kind within these limits. */
    public static @Nullable Object parse(byte[] utf8, JsonLimits limits) throws JsonSyntaxException {
        return parse(utf8, limits.factory());
    }

    private static @Nullable Object parse(byte[] utf8, JsonFactory factory) throws JsonSyntaxException {
        try (JsonParser parser = factory.createParser(utf8)) {
            if (parser.nextToken() == null) {
                throw new JsonSyntaxException("is empty; JSON is wanted");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new JsonSyntaxException("has something after the end of the JSON document");
            }
            return value;
        } catch (IOException e) {
            throw notUtf8Unless(e);
        }
    }

    private static JsonSyntaxException notUtf8Unless(IOException e) {
        try {
            return syntaxError(e);
        } catch (IOException other) {
            return new JsonSyntaxException("is not JSON in UTF-8");
        }
    }

    /**
     * What a parser complains of, in words for people.
     *
     * @throws IOException the failure itself, when it is one of reading and not of what was read
     */
    static JsonSyntaxException syntaxError(IOException e) throws IOException {
        if (e instanceof StreamConstraintsException) {
            return new JsonSyntaxException("is nested too deep, or holds too many values or one that is too long");
        }
        if (e instanceof StreamReadException syntax) {
            return new JsonSyntaxException(reason(syntax));
        }
        if (e instanceof CharConversionException) {
            return new JsonSyntaxException("is not JSON in UTF-8");
        }
        throw e;
    }

    /** One document that is an object. */
    public static Map<String, Object> parseObject(byte[] utf8) throws JsonSyntaxException {
        if (parse(utf8) instanceof Map<?, ?> map) {
            return asObject(map);
        }
        throw new JsonSyntaxException("is not a JSON object");
    }

    public static Map<String, Object> parseObject(String text) throws JsonSyntaxException {
        return parseObject(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A map that came out of {@link #parse}, whose names are strings. */
    public static Map<String, Object> asObject(Map<?, ?> map) {
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((name, value) -> object.put((String) name, value));
        return object;
    }

    /** The value as JSON text without white space. */
    public static String write(@Nullable Object value) {
        return new String(JsonWriter.bytes(writer -> writer.value(value)), StandardCharsets.UTF_8);
    }

    /** The value as JSON text, indented for people. */
    public static String writePretty(@Nullable Object value) {
        return new String(JsonWriter.prettyBytes(writer -> writer.value(value)), StandardCharsets.UTF_8);
    }

    static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> text(parser, parser.getText());
            case VALUE_NUMBER_INT -> integer(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("not the start of a value: " + token);
        };
    }

    private static Object object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = text(parser, parser.currentName());
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    /** Half a surrogate pair is no text: it cannot be written as UTF-8 again (RFC 8259 §8.2). */
    private static String text(JsonParser parser, String text) throws IOException {
        boolean whole = text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        if (!whole) {
            throw new JsonParseException(parser, "half a surrogate pair");
        }
        return text;
    }

    private static Number integer(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }

    private static BigDecimal decimal(JsonParser parser) throws IOException {
        try {
            BigDecimal number = parser.getDecimalValue();
            if (Math.abs((long) number.scale()) <= 400) {
                return number;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw beyond();
        }
        throw beyond();
    }

    private static StreamConstraintsException beyond() {
        return new StreamConstraintsException("an exponent beyond what any reader holds");
    }

    private static String reason(StreamReadException e) {
        String where =
                e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
        String duplicate = "Duplicate field";
        boolean repeated =
                e.getOriginalMessage() != null && e.getOriginalMessage().startsWith(duplicate);
        return repeated ? "names a field twice" + where : "is not well-formed JSON" + where;
    }

    static UncheckedIOException impossible(IOException e) {
        return new UncheckedIOException("writing to memory failed", e);
    }
}
