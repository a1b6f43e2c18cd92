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
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.CharConversionException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Jackson's parser, made as strict as everything here reads JSON (RFC 8259): no duplicate names, no broken Unicode, at most
 * {@value #MAX_DEPTH} levels, short numbers, nothing after the document. Not thread-safe; lives for one document.
 */
final class StrictParser extends JsonParserDelegate {
    /** Nested objects and arrays beyond this are refused. */
    static final int MAX_DEPTH = 32;

    /** Numbers of more characters are refused. */
    static final int MAX_NUMBER_LENGTH = 64;

    /** Numbers with more decimal places, or more zeros at their end, are refused: few readers hold them. */
    private static final int MAX_SCALE = 400;

    /** For documents of any size. */
    static final JsonFactory FACTORY = factory(StreamReadConstraints.builder());

    StrictParser(JsonParser parser) {
        super(parser);
    }

    /** Names are not interned: they are the sender's, and the JVM's table of strings belongs to all. */
    static JsonFactory factory(StreamReadConstraints.Builder constraints) {
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .streamReadConstraints(constraints
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .build();
    }

    /** Reads the value that begins at the parser's current token, up to its last token. */
    interface ValueReader<T> {
        T read(JsonParser parser) throws IOException;
    }

    /** Reads one whole document. */
    static <T> T document(byte[] utf8, JsonFactory factory, ValueReader<T> reader) throws JsonSyntaxException {
        try (JsonParser parser = new StrictParser(factory.createParser(utf8))) {
            if (parser.nextToken() == null) {
                throw new JsonSyntaxException("is empty; JSON is wanted");
            }
            T value = reader.read(parser);
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

    private static String reason(StreamReadException e) {
        String where =
                e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
        String duplicate = "Duplicate field";
        boolean repeated =
                e.getOriginalMessage() != null && e.getOriginalMessage().startsWith(duplicate);
        return repeated ? "names a field twice" + where : "is not well-formed JSON" + where;
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
            checkText(getText());
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            checkScale();
        }
        return token;
    }

    /** Half a surrogate pair is no text: it cannot be written as UTF-8 again (RFC 8259 §8.2). */
    private void checkText(String text) throws IOException {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new JsonParseException(this, "half a surrogate pair");
        }
    }

    private void checkScale() throws IOException {
        boolean fits;
        try {
            fits = Math.abs((long) getDecimalValue().scale()) <= MAX_SCALE;
        } catch (NumberFormatException | ArithmeticException e) {
            fits = false;
        }
        if (!fits) {
            throw new StreamConstraintsException("an exponent beyond what any reader holds");
        }
    }
}
