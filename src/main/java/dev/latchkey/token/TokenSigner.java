package dev.latchkey.token;

/** Turns claims into a signed JWT in compact form (RFC 7519, RFC 9068: {@code typ} says so). Thread-safe. */
public interface TokenSigner {
    /** The JWT, in ASCII. */
    byte[] sign(AccessTokenClaims claims);
}
