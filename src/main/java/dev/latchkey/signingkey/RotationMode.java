package dev.latchkey.signingkey;

/** How urgent a rotation is. */
public enum RotationMode {
    /** When every verifier knows the next key. */
    WHEN_KNOWN,
    /** Now; verifiers that hold an older JWK Set and do not look again refuse new tokens until they do. */
    NOW,
    /** As {@link #NOW}, by the only process that serves the store: the new key signs from this very moment on. */
    AT_ONCE,
    /** Now, and what the old key signed no longer verifies. */
    COMPROMISED
}
