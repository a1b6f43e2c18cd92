package dev.latchkey.dev.tokens;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ways in which a token can be wrong. */
public enum Break {
    /** Its time is over since an hour. */
    EXPIRED,
    /** Its time begins in an hour ({@code nbf}). */
    NOT_YET_VALID,
    /** It is for another audience. */
    WRONG_AUDIENCE,
    /** It has no {@code aud}. */
    NO_AUDIENCE,
    /** It is another issuer's. */
    WRONG_ISSUER,
    /** Its {@code kid} is in no JWK Set. */
    UNKNOWN_KID,
    /** It has no {@code kid}. */
    NO_KID,
    /** Its signature is not that of its text. */
    BAD_SIGNATURE,
    /** It is not signed ({@code alg} none). */
    ALG_NONE,
    /** It is signed by HMAC, with the public key's text as the secret. */
    HS256_WITH_PUBLIC_KEY,
    /** Its {@code typ} is that of a logout token. */
    WRONG_TYP,
    /** It was issued in an hour ({@code iat}). */
    FUTURE_IAT,
    /** It has no {@code scope}. */
    MISSING_SCOPE,
    /** It has no {@code exp}. */
    NO_EXP,
    /** It was revoked. */
    REVOKED,
    /** Its end is missing. */
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
