package dev.latchkey.signingkey;

import java.time.Instant;

/**
 * A signing key as it is stored.
 *
 * @param jwk the public part
 * @param state what it is used for now
 * @param privateKey the private part; never printed
 * @param createdAt cut to seconds
 */
public record SigningKey(PublicJwk jwk, State state, PrivateKeyBytes privateKey, Instant createdAt) {
    /** What a signing key is used for. */
    public enum State {
        /** It signs. There is exactly one. */
        ACTIVE
    }

    public String kid() {
        return jwk.kid();
    }
}
