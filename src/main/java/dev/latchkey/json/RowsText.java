package dev.latchkey.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Rows of values as one JSON text, an array of arrays (RFC 8259 §5): a statement of either database takes any number of
 * them as one value. Not thread-safe; lives for one text.
 */
public final class RowsText {
    private final StringBuilder json = new StringBuilder("[");

    /** Adds a row of texts and times, each of which may be null; a time becomes its seconds since 1970-01-01 UTC. */
    public void add(@Nullable Object... values) {
        json.append(json.length() > 1 ? ",[" : "[");
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                json.append(',');
            }
            Object value = values[i];
            if (value instanceof String text) {
                json.append('"');
                JsonStringEncoder.getInstance().quoteAsString(text, json);
                json.append('"');
            } else {
                json.append(value == null ? null : Long.toString(((Instant) value).getEpochSecond()));
            }
        }
        json.append(']');
    }

    /** All of them; no row is added after that. */
    public String json() {
        return json.append(']').toString();
    }
}
