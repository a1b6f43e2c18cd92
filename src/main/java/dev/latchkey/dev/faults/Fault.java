package dev.latchkey.dev.faults;

import dev.latchkey.dev.endpoint.DevFields.Bounds;
import dev.latchkey.dev.profile.EndpointKind;
import dev.latchkey.dev.requests.SentRequest;
import dev.latchkey.error.FieldError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the next matching requests are to fail or wait.
 *
 * @param hits which requests
 * @param effect what becomes of them
 */
public record Fault(Hits hits, Effect effect) {
    /** As many times as there are requests. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    static final Bounds TIMES = new Bounds(1, 1_000_000);
    static final Bounds AFTER = new Bounds(0, 1_000_000);
    static final Bounds STATUS = new Bounds(200, 599);
    static final Bounds RETRY_AFTER = new Bounds(0, 86_400);
    private static final Duration MOST_DELAY = Duration.ofMinutes(10);
    private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]{1,200}");

    /**
     * Which requests are hit.
     *
     * @param on the kind of endpoint; null = any
     * @param keyId the key that a request names; null = any
     * @param after so many matching requests are let through first
     * @param times so many are hit; {@link #ALWAYS} = until it is cleared
     */
    public record Hits(@Nullable EndpointKind on, @Nullable String keyId, int after, int times) {}

    /**
     * What becomes of a request.
     *
     * @param status of the answer; null = the real one
     * @param error the code in the answer; null = one that fits the status
     * @param retryAfterSeconds the value of {@code Retry-After}; null = none
     * @param delay real time before anything else happens
     * @param body of the answer instead of an error's; null = none
     * @param contentType of that body
     * @param connection what happens to the connection; null = nothing
     */
    public record Effect(
            @Nullable Integer status,
            @Nullable String error,
            @Nullable Integer retryAfterSeconds,
            Duration delay,
            @Nullable String body,
            @Nullable String contentType,
            @Nullable Ending connection) {
        /** Whether the answer is made by the fault. */
        boolean answers() {
            return status != null || body != null;
        }
    }

    /** What happens to a connection. */
    public enum Ending {
        /** It is reset (TCP RST). */
        RESET,
        /** Nothing is answered until the client gives up. */
        HANG,
        /** It is closed in the middle of the answer. */
        TRUNCATE,
        /** It is closed without a byte. */
        EMPTY;

        String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Ending> of(String name) {
            return Arrays.stream(values())
                    .filter(ending -> ending.publicName().equals(name))
                    .findFirst();
        }
    }

    /** What is wrong with it, by the names of the fields; nothing where it can happen. */
    public List<FieldError> problems() {
        List<FieldError> errors = new ArrayList<>();
        AFTER.check("after", hits.after, errors);
        if (hits.times != ALWAYS) {
            TIMES.check("times", hits.times, errors);
        }
        if (effect.status != null) {
            STATUS.check("status", effect.status, errors);
        }
        if (effect.retryAfterSeconds != null) {
            RETRY_AFTER.check("retry_after", effect.retryAfterSeconds, errors);
        }
        if (effect.delay.isNegative() || effect.delay.compareTo(MOST_DELAY) > 0) {
            errors.add(new FieldError("delay", "must be at most 10m"));
        }
        if (effect.contentType != null
                && !HEADER_VALUE.matcher(effect.contentType).matches()) {
            errors.add(new FieldError("content_type", "must be 1 to 200 printable ASCII characters"));
        }
        if (!effect.answers() && effect.connection == null && effect.delay.isZero()) {
            errors.add(new FieldError("body", "must say what is to happen: status, delay, connection or body"));
        }
        if (!effect.answers()
                && (effect.error != null || effect.retryAfterSeconds != null || effect.contentType != null)) {
            errors.add(new FieldError("status", "must be there with error, retry_after and content_type"));
        }
        return errors;
    }

    boolean matches(SentRequest request) {
        return (hits.on == null || hits.on == request.kind())
                && (hits.keyId == null || hits.keyId.equals(request.keyId()));
    }

    /** The same with other counts. */
    Fault left(int after, int times) {
        return new Fault(new Hits(hits.on, hits.keyId, after, times), effect);
    }
}
