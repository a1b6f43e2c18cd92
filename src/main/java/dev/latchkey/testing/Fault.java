package dev.latchkey.testing;

import dev.latchkey.dev.faults.Fault.Effect;
import dev.latchkey.dev.faults.Fault.Ending;
import dev.latchkey.dev.faults.Fault.Hits;
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

    private final Hits hits;
    private final Effect effect;

    private Fault(Hits hits, Effect effect) {
        this.hits = hits;
        this.effect = effect;
    }

    /** The answer has this status, 200 to 599, and an error of RFC 6749 §5.2 that fits it as its body. */
    public static Fault status(int status) {
        return of(status, Duration.ZERO, null);
    }

    /** The answer comes later by this much real time, 10 minutes at most; other requests do not wait. */
    public static Fault delay(Duration delay) {
        return of(null, delay, null);
    }

    /** The connection ends so. */
    public static Fault connection(Connection connection) {
        return of(null, Duration.ZERO, Ending.valueOf(connection.name()));
    }

    private static Fault of(@Nullable Integer status, Duration delay, @Nullable Ending ending) {
        return checked(
                new Hits(EndpointKind.TOKEN, null, 0, 1), new Effect(status, null, null, delay, null, null, ending));
    }

    /** At endpoints of this kind. */
    public Fault on(Endpoint endpoint) {
        return with(new Hits(endpoint.kind(), hits.keyId(), hits.after(), hits.times()));
    }

    /** To requests that name this access key, before it is known whether they may. */
    public Fault from(String keyId) {
        return with(new Hits(hits.on(), Objects.requireNonNull(keyId, "keyId"), hits.after(), hits.times()));
    }

    /** To so many requests, 1 to 1,000,000. */
    public Fault times(int times) {
        if (times == dev.latchkey.dev.faults.Fault.ALWAYS) {
            throw new IllegalArgumentException("times must be at most 1000000; use always()");
        }
        return with(new Hits(hits.on(), hits.keyId(), hits.after(), times));
    }

    /** To every request, until the faults are cleared. */
    public Fault always() {
        return with(new Hits(hits.on(), hits.keyId(), hits.after(), dev.latchkey.dev.faults.Fault.ALWAYS));
    }

    /** After so many matching requests were let through, 0 to 1,000,000. */
    public Fault after(int requests) {
        return with(new Hits(hits.on(), hits.keyId(), requests, hits.times()));
    }

    /** And later by this much real time, 10 minutes at most. */
    public Fault delayedBy(Duration delay) {
        return with(delay, effect.error(), effect.retryAfterSeconds(), effect.body(), effect.contentType());
    }

    /** With this error code (RFC 6749 §5.2) in the answer; for a {@link #status}. */
    public Fault error(String code) {
        return with(effect.delay(), code, effect.retryAfterSeconds(), effect.body(), effect.contentType());
    }

    /** With {@code Retry-After}, in whole seconds, a day at most; for a {@link #status}. */
    public Fault retryAfter(Duration wait) {
        int seconds = Math.toIntExact(wait.toSeconds());
        return with(effect.delay(), effect.error(), seconds, effect.body(), effect.contentType());
    }

    /** With this body instead of an error; for a {@link #status}. */
    public Fault body(String body, String contentType) {
        return with(effect.delay(), effect.error(), effect.retryAfterSeconds(), body, contentType);
    }

    /** As the stand-in takes it. */
    dev.latchkey.dev.faults.Fault rule() {
        return new dev.latchkey.dev.faults.Fault(hits, effect);
    }

    private Fault with(Hits others) {
        return checked(others, effect);
    }

    private Fault with(
            Duration delay,
            @Nullable String error,
            @Nullable Integer retryAfter,
            @Nullable String body,
            @Nullable String contentType) {
        return checked(
                hits, new Effect(effect.status(), error, retryAfter, delay, body, contentType, effect.connection()));
    }

    private static Fault checked(Hits hits, Effect effect) {
        Fault fault = new Fault(hits, effect);
        String problems = fault.rule().problems().stream().map(Fault::text).collect(Collectors.joining("; "));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems);
        }
        return fault;
    }

    private static String text(FieldError problem) {
        return problem.field() + " " + problem.message();
    }

    @Override
    public String toString() {
        return rule().toString();
    }
}
