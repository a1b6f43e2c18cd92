package dev.latchkey.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of values as one JSON text, an array of arrays (RFC 8259 §5). */
public final class RowsText {
    private RowsText() {}

    /** Of texts, times and nulls; a time becomes its seconds since 1970-01-01 UTC. */
    public static String of(List<List<@Nullable Object>> rows) {
        StringBuilder json = new StringBuilder("[");
        for (List<@Nullable Object> row : rows) {
            json.append(json.length() > 1 ? ",[" : "[");
            for (int i = 0; i < row.size(); i++) {
                append(i > 0 ? json.append(',') : json, row.get(i));
            }
            json.append(']');
        }
        return json.append(']').toString();
    }

    private static void append(StringBuilder json, @Nullable Object value) {
        if (value instanceof String text) {
            json.append('"');
            JsonStringEncoder.getInstance().quoteAsString(text, json);
            json.append('"');
        } else {
            json.append(value == null ? null : Long.toString(((Instant) value).getEpochSecond()));
        }
    }
}
