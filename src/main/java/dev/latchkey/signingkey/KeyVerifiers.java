package dev.latchkey.signingkey;

/** Makes verifiers out of public keys. Thread-safe. */
public interface KeyVerifiers {
    /** A verifier that uses the fastest implementation there is, and changes to a faster one when it becomes ready. */
    KeyVerifier verifier(PublicJwk key);
}
