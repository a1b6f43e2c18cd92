package dev.latchkey.crypto;

import dev.latchkey.signingkey.KeyVerifier;
import dev.latchkey.signingkey.SigningAlgorithm;

/**
 * Takes no signature in a form that no signer of ours makes, whatever the provider thinks of it: the JDK, for one, takes
 * EdDSA signatures with bytes behind them. Thread-safe.
 */
record CanonicalVerifier(KeyVerifier verifier) implements KeyVerifier {
    private static final int ED25519_BYTES = 64;

    @Override
    public SigningAlgorithm algorithm() {
        return verifier.algorithm();
    }

    @Override
    public boolean verify(byte[] data, byte[] signature) {
        return isCanonical(signature) && verifier.verify(data, signature);
    }

    private boolean isCanonical(byte[] signature) {
        return switch (algorithm()) {
            case RS256 -> true; // as long as the modulus (RFC 8017 §8.2.2), which every provider checks
            case ES256 -> P256Signature.isCanonical(signature);
            case EDDSA -> signature.length == ED25519_BYTES; // R and S (RFC 8032 §5.1.6); providers check S < n
        };
    }
}
