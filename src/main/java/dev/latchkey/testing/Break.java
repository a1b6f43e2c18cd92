package dev.latchkey.testing;

/** The ways in which a token can be wrong: each in that one way, and in no other. */
public enum Break {
    /** It expired an hour ago ({@code exp}, RFC 7519 §4.1.4). */
    EXPIRED,
    /** It is valid in an hour ({@code nbf}, RFC 7519 §4.1.5). */
    NOT_YET_VALID,
    /** Its {@code aud} is another audience. */
    WRONG_AUDIENCE,
    /** It has no {@code aud}. */
    NO_AUDIENCE,
    /** Its {@code iss} is another issuer. */
    WRONG_ISSUER,
    /** Its {@code kid} is in no JWK Set. */
    UNKNOWN_KID,
    /** It has no {@code kid}. */
    NO_KID,
    /** Its signature is not that of its text. */
    BAD_SIGNATURE,
    /** It is not signed ({@code alg} none). */
    ALG_NONE,
    /** It is signed by HMAC, with the public key's PEM text as the secret. */
    HS256_WITH_PUBLIC_KEY,
    /** Its {@code typ} is that of a logout token. */
    WRONG_TYP,
    /** It is issued in an hour ({@code iat}). */
    FUTURE_IAT,
    /** It has no {@code scope}. */
    MISSING_SCOPE,
    /** It has no {@code exp}. */
    NO_EXP,
    /** It was revoked (RFC 7009): introspection says so, the token does not. */
    REVOKED,
    /** Its end is missing. */
    TRUNCATED;

    dev.latchkey.dev.tokens.Break way() {
        return dev.latchkey.dev.tokens.Break.valueOf(name());
    }
}
