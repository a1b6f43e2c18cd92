package dev.latchkey.client;

/** Reads assertions in compact form (RFC 7515 §7.1). Thread-safe. */
public interface AssertionReader {
    /** A JWK Set of no keys. */
    String NO_KEYS = "{\"keys\":[]}";

    /**
     * What the assertion says, unverified.
     *
     * @throws ClientRefusedException when it is malformed, lacks a claim that RFC 7523 §3 or the contract requires, or
     *     is of another algorithm than RS256, PS256 and ES256
     */
    AssertionClaims readUnverified(String jwt);

    /**
     * Whether a key of this JWK Set signed an assertion that {@link #readUnverified} takes. Keys that the assertion
     * itself brings along count for nothing. Takes as long where no key of the set fits the assertion.
     */
    boolean isSigned(String jwt, String jwks);

    /** Whether the assertion names a key by its kid that this JWK Set does not have. */
    boolean namesUnknownKey(String jwt, String jwks);
}
