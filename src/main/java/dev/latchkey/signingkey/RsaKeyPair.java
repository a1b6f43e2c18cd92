package dev.latchkey.signingkey;

/** An RSA key with its private part. */
public record RsaKeyPair(PublicJwk jwk, PrivateKeyBytes privateKey) {
    public String kid() {
        return jwk.kid();
    }
}
