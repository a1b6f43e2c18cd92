package dev.latchkey.dev.faults;

import dev.latchkey.dev.profile.EndpointKind;
import dev.latchkey.dev.requests.SentRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the next matching requests are to fail or wait.
 *
 * @param on the kind of endpoint; null = any
 * @param keyId the key that a request names; null = any
 * @param after so many matching requests are let through first
 * @param times so many are hit; {@link #ALWAYS} = until it is cleared
 * @param status of the answer; null = the real one
 * @param error the code in the answer; null = one that fits the status
 * @param retryAfterSeconds the value of {@code Retry-After}; null = none
 * @param delay real time before anything else happens
 * @param body of the answer instead of an error's; null = none
 * @param contentType of that body
 * @param connection what happens to the connection; null = nothing
 */
record Fault(
        @Nullable EndpointKind on,
        @Nullable String keyId,
        int after,
        int times,
        @Nullable Integer status,
        @Nullable String error,
        @Nullable Integer retryAfterSeconds,
        Duration delay,
        @Nullable String body,
        @Nullable String contentType,
        @Nullable Ending connection) {
    /** As many times as there are requests. */
    static final int ALWAYS = Integer.MAX_VALUE;

    /** What happens to a connection. */
    enum Ending {
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
            for (Ending ending : values()) {
                if (ending.publicName().equals(name)) {
                    return Optional.of(ending);
                }
            }
            return Optional.empty();
        }
    }

    boolean matches(SentRequest request) {
        return (on == null || on == request.kind()) && (keyId == null || keyId.equals(request.keyId()));
    }

    /** Whether the answer is made by the fault. */
    boolean answers() {
        return status != null || body != null;
    }

    /** The same with other counts. */
    Fault left(int stillAfter, int stillTimes) {
        return new Fault(
                on,
                keyId,
                stillAfter,
                stillTimes,
                status,
                error,
                retryAfterSeconds,
                delay,
                body,
                contentType,
                connection);
    }
}
