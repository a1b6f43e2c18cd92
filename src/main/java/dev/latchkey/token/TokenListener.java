package dev.latchkey.token;

/**
 * Is told what became of requests about tokens. Every text that it is given is one of a few fixed ones and holds nothing
 * that a client sent. Thread-safe; must return at once, because the thread that answers calls it, and must not throw.
 */
public interface TokenListener {
    /** The default, which does nothing; callers take no measurements for it. */
    TokenListener NONE = new TokenListener() {};

    /** A token was issued. */
    String ISSUED = "issued";

    /** Forward authentication let a request pass. */
    String PASSED = "passed";

    /** Forward authentication was asked without a token. */
    String NO_TOKEN = "no_token";

    /**
     * A token request was answered.
     *
     * @param outcome {@link #ISSUED}, or the error code of the answer (RFC 6749 §5.2)
     * @param nanos since its first byte came, until the answer was made
     */
    default void tokenRequested(String outcome, long nanos) {}

    /** A client that was authenticated asked whether a token is active (RFC 7662 §2.2), and it is or is not. */
    default void introspected(boolean active) {}

    /**
     * Forward authentication answered.
     *
     * @param outcome {@link #PASSED}, {@link #NO_TOKEN}, or the error code of the answer (RFC 6750 §3.1)
     */
    default void verified(String outcome) {}
}
