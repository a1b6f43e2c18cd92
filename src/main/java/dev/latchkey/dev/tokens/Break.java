package dev.latchkey.dev.tokens;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ways in which a token can be wrong, as {@link BrokenToken} makes it; all times are an hour away. */
public enum Break {
    EXPIRED,
    NOT_YET_VALID,
    WRONG_AUDIENCE,
    NO_AUDIENCE,
    WRONG_ISSUER,
    UNKNOWN_KID,
    NO_KID,
    BAD_SIGNATURE,
    ALG_NONE,
    /** It is signed by HMAC, with the public key's text as the secret. */
    HS256_WITH_PUBLIC_KEY,
    WRONG_TYP,
    FUTURE_IAT,
    MISSING_SCOPE,
    NO_EXP,
    REVOKED,
    TRUNCATED;

    static final String NAMES = Arrays.stream(values()).map(Break::publicName).collect(Collectors.joining(", "));

    String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Break> of(String name) {
        return Arrays.stream(values())
                .filter(known -> known.publicName().equals(name))
                .findFirst();
    }
}
