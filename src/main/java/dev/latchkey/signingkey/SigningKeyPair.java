package dev.latchkey.signingkey;

import java.security.PrivateKey;
import java.security.PublicKey;

/** A key with its private part. */
public record SigningKeyPair(PublicJwk jwk, PrivateKeyBytes privateKey) {
    /** A pair of the platform's objects, of which the private one can be encoded. */
    public static SigningKeyPair of(PublicKey publicKey, PrivateKey privateKey) {
        return new SigningKeyPair(PublicJwk.of(publicKey), new PrivateKeyBytes(privateKey.getEncoded()));
    }

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
