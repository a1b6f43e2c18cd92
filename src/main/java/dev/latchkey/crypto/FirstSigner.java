package dev.latchkey.crypto;

import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.SigningAlgorithm;

/** Signs as another does, and has a better one loaded as soon as the first signature is made. Thread-safe. */
final class FirstSigner implements KeySigner {
    private final KeySigner signer;
    private final Runnable load;

    /** @param load of no effect when it is run again */
    FirstSigner(KeySigner signer, Runnable load) {
        this.signer = signer;
        this.load = load;
    }

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
        byte[] signature = signer.sign(data);
        load.run();
        return signature;
    }
}
