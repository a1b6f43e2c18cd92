package dev.latchkey.error;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expected failure: its message is public, says what is wrong and what to do, and never holds a secret or an
 * internal detail. The cause, where there is one, is for the log alone.
 */
public final class LatchkeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    private LatchkeyException(
            ErrorKind kind,
            String message,
            List<FieldError> errors,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    public static LatchkeyException of(ErrorKind kind, String message) {
        return new LatchkeyException(kind, message, List.of(), null, null);
    }

    public static LatchkeyException of(ErrorKind kind, String message, Throwable cause) {
        return new LatchkeyException(kind, message, List.of(), null, cause);
    }

    /** Input with at least one bad field; the message joins them. */
    public static LatchkeyException invalid(List<FieldError> errors) {
        StringBuilder message = new StringBuilder();
        for (FieldError error : errors) {
            message.append(message.isEmpty() ? "" : "; ")
                    .append(error.field())
                    .append(' ')
                    .append(error.message());
        }
        return new LatchkeyException(ErrorKind.INVALID, message.toString(), errors, null, null);
    }

    public static LatchkeyException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** Too many tries; {@code retryAfter} is when the next one may succeed. */
    public static LatchkeyException tooManyRequests(String message, Duration retryAfter) {
        return new LatchkeyException(ErrorKind.TOO_MANY_REQUESTS, message, List.of(), retryAfter, null);
    }

    public ErrorKind kind() {
        return kind;
    }

    /** The fields at fault; empty for every kind but {@link ErrorKind#INVALID}. */
    public List<FieldError> errors() {
        return errors;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
