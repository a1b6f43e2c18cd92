package dev.latchkey.crypto;

import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.SigningAlgorithm;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Signs at once with the signer at hand, and with a better one from the moment it is ready. Thread-safe. */
final class SwitchingSigner implements KeySigner {
    private volatile KeySigner current;

    SwitchingSigner(KeySigner first, CompletableFuture<Optional<KeySigner>> better) {
        this.current = first;
        var unused = better.thenAccept(signer -> signer.ifPresent(ready -> current = ready));
    }

    @Override
    public String kid() {
        return current.kid();
    }

    @Override
    public SigningAlgorithm algorithm() {
        return current.algorithm();
    }

    @Override
    public byte[] sign(byte[] data) {
        return current.sign(data);
    }
}
