package dev.latchkey.accesskey.advice;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One thing that an access key no longer needs, or needs soon.
 *
 * @param kind what it is
 * @param message what is the case, for people
 * @param scopes the scopes that it is about, in the key's order; empty = it is about none, and JSON leaves it out
 */
public record Advice(
        Kind kind,
        String message,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> scopes) {
    /** A key that ends within this time expires soon. */
    public static final Duration EXPIRES_SOON = Duration.ofDays(14);

    /** A key that got no token for this time is long unused. */
    public static final Duration LONG_UNUSED = Duration.ofDays(90);

    /** What advice there is, in the order in which it is given. */
    public enum Kind {
        /** The key ends within {@link #EXPIRES_SOON}. */
        EXPIRES_SOON,
        /** The key has got no token since it was made. */
        NEVER_USED,
        /** The key has got no token for {@link #LONG_UNUSED}. */
        LONG_UNUSED,
        /** The secret that a rotation has left is still in use. */
        OLD_SECRET_USED,
        /** The secret that a rotation has left is in use no longer, and the new one is. */
        OLD_SECRET_UNUSED,
        /** The secret that a rotation has left still works, and the new one was never used. */
        NEW_SECRET_UNUSED,
        /** Scopes were neither asked for nor demanded since the key was made or its scopes changed. */
        SCOPES_UNUSED;

        /** As JSON has it: {@code scopes_unused}. */
        @JsonValue
        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Advice {
        scopes = List.copyOf(scopes);
    }

    /** Advice that is about no scope. */
    Advice(Kind kind, String message) {
        this(kind, message, List.of());
    }
}
