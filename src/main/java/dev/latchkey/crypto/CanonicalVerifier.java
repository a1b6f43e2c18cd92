package dev.latchkey.crypto;

import dev.latchkey.signingkey.KeyVerifier;
import dev.latchkey.signingkey.SigningAlgorithm;

/** Verifies by ES256, and takes no signature that {@link CanonicalSigner} does not make. Thread-safe. */
record CanonicalVerifier(KeyVerifier verifier) implements KeyVerifier {
    @Override
    public SigningAlgorithm algorithm() {
        return verifier.algorithm();
    }

    @Override
    public boolean verify(byte[] data, byte[] signature) {
        return P256Signature.isCanonical(signature) && verifier.verify(data, signature);
    }
}
