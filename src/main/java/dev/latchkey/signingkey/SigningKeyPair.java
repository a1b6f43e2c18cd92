package dev.latchkey.signingkey;

/** A key with its private part. */
public record SigningKeyPair(PublicJwk jwk, PrivateKeyBytes privateKey) {
    public String kid() {
        return jwk.kid();
    }

    public SigningAlgorithm algorithm() {
        return jwk.algorithm();
    }

    /** A private key as PKCS#8 DER (RFC 5208). Cannot be printed by accident. Immutable and thread-safe. */
    public static final class PrivateKeyBytes {
        private final byte[] pkcs8;

        public PrivateKeyBytes(byte[] pkcs8) {
            this.pkcs8 = pkcs8.clone();
        }

        public byte[] pkcs8() {
            return pkcs8.clone();
        }

        @Override
        public String toString() {
            return "PrivateKeyBytes[…]";
        }
    }
}
