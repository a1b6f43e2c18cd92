package dev.latchkey.client;

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
     *
     * @param dummyJwks where no key of {@code jwks} fits the assertion, one of these is tried for the time that it takes;
     *     the answer is no all the same
     */
    boolean isSigned(String jwt, String jwks, String dummyJwks);

    /** Whether the assertion names a key by its kid that this JWK Set does not have. */
    boolean namesUnknownKey(String jwt, String jwks);
}
