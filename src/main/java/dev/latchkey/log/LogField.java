package dev.latchkey.log;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a line can hold beside its time, level and message, in the order in which JSON has it. */
public enum LogField {
    /** The {@link LogEvent}. */
    EVENT(false),
    REQUEST_ID(true),
    /** The trace of an incoming {@code traceparent} (W3C Trace Context). */
    TRACE_ID(false),
    /** The access key that asked, or as which the client failed to prove itself. */
    KEY_ID(false),
    /** The code of the error that was answered, or another fixed word for what became of a request. */
    OUTCOME(false),
    /** Why, with what the answer does not tell. */
    REASON(false),
    METHOD(true),
    /** The pattern of the request's path. */
    ROUTE(true),
    STATUS(true),
    /** Milliseconds since the first byte of the request came. */
    MS(false),
    /** The client's address. */
    REMOTE(true);

    private final String key = name().toLowerCase(Locale.ROOT);
    private final boolean beforeText;

    LogField(boolean beforeText) {
        this.beforeText = beforeText;
    }

    /** The name in JSON. */
    public String key() {
        return key;
    }

    /** The field of this name; null = there is none. */
    public static @Nullable LogField of(String key) {
        return Arrays.stream(values())
                .filter(field -> field.key.equals(key))
                .findFirst()
                .orElse(null);
    }

    /** Whether a line of text begins with it: all that a filter goes by stands before what a client may have chosen. */
    public boolean isBeforeText() {
        return beforeText;
    }
}
