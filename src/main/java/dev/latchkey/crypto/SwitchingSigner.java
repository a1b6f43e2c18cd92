package dev.latchkey.crypto;

import dev.latchkey.signingkey.Rs256Signer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Signs at once with the signer at hand, and with a better one from the moment it is ready. Thread-safe. */
final class SwitchingSigner implements Rs256Signer {
    private volatile Rs256Signer current;

    SwitchingSigner(Rs256Signer first, CompletableFuture<Optional<Rs256Signer>> better) {
        this.current = first;
        var unused = better.thenAccept(signer -> signer.ifPresent(ready -> current = ready));
    }

    @Override
    public String kid() {
        return current.kid();
    }

    @Override
    public byte[] sign(byte[] data) {
        return current.sign(data);
    }
}
