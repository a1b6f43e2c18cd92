package dev.latchkey.accesskey;

/** Reads assertions in compact form (RFC 7515 §7.1). Thread-safe. */
public interface AssertionReader {
    /**
     * What the assertion says, unverified.
     *
     * @throws ClientRefusedException when it is malformed, lacks a claim that RFC 7523 §3 or the contract requires, or
     *     is of another algorithm than RS256, PS256 and ES256
     */
    AssertionClaims readUnverified(String jwt);

    /**
     * Whether a key of this JWK Set signed an assertion that {@link #readUnverified} takes. Keys that the assertion
     * itself brings along count for nothing.
     */
    boolean isSigned(String jwt, String jwks);
}
