package dev.latchkey.crypto;

import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.SigningAlgorithm;

/** Signs by ES256, each time with the one canonical form of the signature. Thread-safe. */
record CanonicalSigner(KeySigner signer) implements KeySigner {
    @Override
    public String kid() {
        return signer.kid();
    }

    @Override
    public SigningAlgorithm algorithm() {
        return signer.algorithm();
    }

    @Override
    public byte[] sign(byte[] data) {
        return P256Signature.canonical(signer.sign(data));
    }
}
