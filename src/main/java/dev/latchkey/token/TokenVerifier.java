package dev.latchkey.token;

/** Reads access tokens in compact form that one of our published keys has signed. Thread-safe. */
public interface TokenVerifier {
    /**
     * What the token says, once its form, its header and its signature are found to be those of an access token of ours
     * (RFC 9068 §4, RFC 8725 §3).
     *
     * @throws InvalidTokenException for every other text
     */
    SignedClaims verify(String token);
}
