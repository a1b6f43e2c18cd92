package dev.latchkey.signingkey;

/** A key with its private part. */
public record SigningKeyPair(PublicJwk jwk, PrivateKeyBytes privateKey) {
    public String kid() {
        return jwk.kid();
    }

    public SigningAlgorithm algorithm() {
        return jwk.algorithm();
    }
}
