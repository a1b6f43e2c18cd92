package dev.latchkey.testing;

import dev.latchkey.dev.faults.Fault.Ending;
import dev.latchkey.dev.profile.EndpointKind;
import dev.latchkey.error.FieldError;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the next matching requests fail or wait: {@code Fault.status(503).times(2).on(Endpoint.JWKS)}. It hits one request
 * to the token endpoint unless something else is said. Each method answers a changed copy and throws {@link
 * IllegalArgumentException} for a value out of its bounds. Immutable and thread-safe.
 */
public final class Fault {
    /** What happens to a connection. */
    public enum Connection {
        /** It is reset (TCP RST). */
        RESET,
        /** Nothing is answered until the client gives up, the faults are cleared or the server stops. */
        HANG,
        /** It is closed in the middle of the real answer. */
        TRUNCATE,
        /** It is closed without a byte. */
        EMPTY
    }

    private final dev.latchkey.dev.faults.Fault rule;

    private Fault(dev.latchkey.dev.faults.Fault rule) {
        this.rule = rule;
    }

    /** The answer has this status, 200 to 599, and an error of RFC 6749 §5.2 that fits it as its body. */
    public static Fault status(int status) {
        return checked(with(status, Duration.ZERO, null));
    }

    /** The answer comes later by this much real time, 10 minutes at most; other requests do not wait. */
    public static Fault delay(Duration delay) {
        return checked(with(null, delay, null));
    }

    /** The connection ends so. */
    public static Fault connection(Connection connection) {
        return checked(with(null, Duration.ZERO, connection));
    }

    /** At endpoints of this kind. */
    public Fault on(Endpoint endpoint) {
        return copy(endpoint.kind(), rule.keyId(), rule.after(), rule.times());
    }

    /** To requests that name this access key, before it is known whether they may. */
    public Fault from(String keyId) {
        return copy(rule.on(), Objects.requireNonNull(keyId, "keyId"), rule.after(), rule.times());
    }

    /** To so many requests, 1 to 1,000,000. */
    public Fault times(int times) {
        if (times == dev.latchkey.dev.faults.Fault.ALWAYS) {
            throw new IllegalArgumentException("times must be at most 1000000; use always()");
        }
        return copy(rule.on(), rule.keyId(), rule.after(), times);
    }

    /** To every request, until the faults are cleared. */
    public Fault always() {
        return copy(rule.on(), rule.keyId(), rule.after(), dev.latchkey.dev.faults.Fault.ALWAYS);
    }

    /** After so many matching requests were let through, 0 to 1,000,000. */
    public Fault after(int requests) {
        return copy(rule.on(), rule.keyId(), requests, rule.times());
    }

    /** And later by this much real time, 10 minutes at most. */
    public Fault delayedBy(Duration delay) {
        return answer(delay, rule.error(), rule.retryAfterSeconds(), rule.body(), rule.contentType());
    }

    /** With this error code (RFC 6749 §5.2) in the answer; for a {@link #status}. */
    public Fault error(String code) {
        return answer(rule.delay(), code, rule.retryAfterSeconds(), rule.body(), rule.contentType());
    }

    /** With {@code Retry-After}, in whole seconds, a day at most; for a {@link #status}. */
    public Fault retryAfter(Duration wait) {
        int seconds = Math.toIntExact(wait.toSeconds());
        return answer(rule.delay(), rule.error(), seconds, rule.body(), rule.contentType());
    }

    /** With this body instead of an error; for a {@link #status}. */
    public Fault body(String body, String contentType) {
        return answer(rule.delay(), rule.error(), rule.retryAfterSeconds(), body, contentType);
    }

    /** As the stand-in takes it. */
    dev.latchkey.dev.faults.Fault rule() {
        return rule;
    }

    private static dev.latchkey.dev.faults.Fault with(
            @Nullable Integer status, Duration delay, @Nullable Connection connection) {
        return new dev.latchkey.dev.faults.Fault(
                EndpointKind.TOKEN,
                null,
                0,
                1,
                status,
                null,
                null,
                delay,
                null,
                null,
                connection == null ? null : Ending.valueOf(connection.name()));
    }

    private Fault copy(@Nullable EndpointKind on, @Nullable String keyId, int after, int times) {
        return checked(new dev.latchkey.dev.faults.Fault(
                on,
                keyId,
                after,
                times,
                rule.status(),
                rule.error(),
                rule.retryAfterSeconds(),
                rule.delay(),
                rule.body(),
                rule.contentType(),
                rule.connection()));
    }

    private Fault answer(
            Duration delay,
            @Nullable String error,
            @Nullable Integer retryAfter,
            @Nullable String body,
            @Nullable String contentType) {
        return checked(new dev.latchkey.dev.faults.Fault(
                rule.on(),
                rule.keyId(),
                rule.after(),
                rule.times(),
                rule.status(),
                error,
                retryAfter,
                delay,
                body,
                contentType,
                rule.connection()));
    }

    private static Fault checked(dev.latchkey.dev.faults.Fault rule) {
        String problems = rule.problems().stream().map(Fault::text).collect(Collectors.joining("; "));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems);
        }
        return new Fault(rule);
    }

    private static String text(FieldError problem) {
        return problem.field() + " " + problem.message();
    }

    @Override
    public String toString() {
        return rule.toString();
    }
}
