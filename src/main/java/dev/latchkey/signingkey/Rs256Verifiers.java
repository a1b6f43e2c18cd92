package dev.latchkey.signingkey;

/** Makes verifiers out of public keys. Thread-safe. */
public interface Rs256Verifiers {
    /** A verifier that uses the fastest implementation there is, and changes to a faster one when it becomes ready. */
    Rs256Verifier verifier(PublicJwk key);
}
