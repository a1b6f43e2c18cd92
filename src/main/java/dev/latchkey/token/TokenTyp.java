package dev.latchkey.token;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The media type that an access token says it has: the {@code typ} of its JOSE header (RFC 7515 §4.1.9). */
public enum TokenTyp {
    /** {@code at+jwt} (RFC 9068 §2.1), which tells an access token from every other JWT. */
    AT_JWT("at+jwt"),
    /** {@code JWT} (RFC 7519 §5.1), for verifiers that take no other unless they are told to. */
    JWT("JWT");

    private final String headerValue;

    TokenTyp(String headerValue) {
        this.headerValue = headerValue;
    }

    /** The value of {@code typ} in the JOSE header. */
    public String headerValue() {
        return headerValue;
    }

    /** The type of this name, in any case (RFC 2045 §5.1). */
    public static Optional<TokenTyp> of(String name) {
        return Arrays.stream(values())
                .filter(typ -> typ.headerValue.equalsIgnoreCase(name))
                .findFirst();
    }

    /** Whether a header with this {@code typ} may be an access token of ours; exactly as we write it. */
    public static boolean isOurs(@Nullable Object headerValue) {
        return Arrays.stream(values()).anyMatch(typ -> typ.headerValue.equals(headerValue));
    }
}
