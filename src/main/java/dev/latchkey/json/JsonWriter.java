package dev.latchkey.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document field by field, in the order of the calls, so that an answer's shape can be read from the
 * code that writes it. Not thread-safe; lives for one document.
 */
public final class JsonWriter {
    private final JsonGenerator out;

    private JsonWriter(JsonGenerator out) {
        this.out = out;
    }

    /** The UTF-8 bytes of what {@code body} writes, which must be one value. */
    public static byte[] bytes(Consumer<JsonWriter> body) {
        return write(body, false);
    }

    /** As {@link #bytes}, indented for people, with a newline at the end. */
    public static byte[] prettyBytes(Consumer<JsonWriter> body) {
        return write(body, true);
    }

    /** The UTF-8 bytes of one object, whose fields {@code fields} writes. */
    public static byte[] object(Consumer<JsonWriter> fields) {
        return bytes(writer -> writer.startObject().fields(fields).endObject());
    }

    /**
     * As {@link #prettyBytes}, written to {@code target} as it is made: a document of any length takes some kilobytes of
     * memory. Neither flushes nor closes the target.
     */
    public static void stream(Writer target, Consumer<JsonWriter> body) {
        try (JsonGenerator out = Json.FACTORY.createGenerator(target)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            // A document that broke off must not look like a whole one.
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            body.accept(new JsonWriter(out));
            out.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] write(Consumer<JsonWriter> body, boolean pretty) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(512);
                JsonGenerator out = Json.FACTORY.createGenerator(bytes)) {
            if (pretty) {
                out.setPrettyPrinter(new DefaultPrettyPrinter());
            }
            body.accept(new JsonWriter(out));
            if (pretty) {
                out.writeRaw('\n');
            }
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw Json.impossible(e);
        }
    }

    public JsonWriter startObject() {
        return io(out::writeStartObject);
    }

    public JsonWriter endObject() {
        return io(out::writeEndObject);
    }

    /** Lets {@code body} write more fields of the open object. */
    public JsonWriter fields(Consumer<JsonWriter> body) {
        body.accept(this);
        return this;
    }

    public JsonWriter field(String name, @Nullable String value) {
        return io(() -> {
            out.writeFieldName(name);
            out.writeString(value);
        });
    }

    public JsonWriter field(String name, long value) {
        return io(() -> out.writeNumberField(name, value));
    }

    public JsonWriter field(String name, boolean value) {
        return io(() -> out.writeBooleanField(name, value));
    }

    /** A time as RFC 3339 UTC text, or null. */
    public JsonWriter field(String name, @Nullable Instant time) {
        return field(name, time == null ? null : time.toString());
    }

    /** A field of any plain value, as {@link Json} knows them. */
    public JsonWriter fieldOf(String name, @Nullable Object value) {
        io(() -> out.writeFieldName(name));
        return value(value);
    }

    /** A field that holds an object, whose fields {@code fields} writes. */
    public JsonWriter objectField(String name, Consumer<JsonWriter> fields) {
        io(() -> out.writeFieldName(name));
        return startObject().fields(fields).endObject();
    }

    /** A field that holds an array; {@code each} writes one value for each item. */
    public <T> JsonWriter arrayField(String name, Iterable<T> items, BiConsumer<JsonWriter, T> each) {
        io(() -> out.writeArrayFieldStart(name));
        items.forEach(item -> each.accept(this, item));
        return io(out::writeEndArray);
    }

    /** A plain value, as {@link Json} knows them; anything else is a defect of the caller. */
    public JsonWriter value(@Nullable Object value) {
        return io(() -> write(value));
    }

    private void write(@Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof Long || value instanceof Integer) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigInteger number) {
            out.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            out.writeNumber(number);
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName((String) entry.getKey());
                write(entry.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Collection<?> items) {
            out.writeStartArray();
            for (Object item : items) {
                write(item);
            }
            out.writeEndArray();
        } else {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private JsonWriter io(Step step) {
        try {
            step.run();
            return this;
        } catch (IOException e) {
            throw Json.impossible(e);
        }
    }
}
