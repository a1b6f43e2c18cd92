package dev.latchkey.crypto;

import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Signs with a better signer from the moment it is ready, and until then with one that is made when something is to be
 * signed before; the better one is asked for as soon as that is done. Thread-safe.
 */
final class SwitchingSigner implements KeySigner {
    private final String kid;
    private final SigningAlgorithm algorithm;
    private final Supplier<KeySigner> makeFirst;
    private final Runnable load;
    private final CompletableFuture<Void> settled;
    private volatile @Nullable KeySigner current;

    /** @param load has {@code better} complete; of no effect when it is run again */
    SwitchingSigner(
            SigningKeyPair key,
            Supplier<KeySigner> makeFirst,
            Runnable load,
            CompletableFuture<Optional<KeySigner>> better) {
        this.kid = key.kid();
        this.algorithm = key.algorithm();
        this.makeFirst = makeFirst;
        this.load = load;
        this.settled = better.thenAccept(signer -> signer.ifPresent(this::become));
    }

    /** What signs when it is known whether there is a better one. Waits for that. */
    KeySigner settled() {
        settled.join();
        KeySigner signer = current;
        return signer == null ? first() : signer;
    }

    @Override
    public String kid() {
        return kid;
    }

    @Override
    public SigningAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public byte[] sign(byte[] data) {
        KeySigner signer = current;
        if (signer != null) {
            return signer.sign(data);
        }
        byte[] signature = first().sign(data);
        load.run();
        return signature;
    }

    private synchronized void become(KeySigner better) {
        current = better;
    }

    private synchronized KeySigner first() {
        KeySigner signer = current;
        if (signer == null) {
            signer = makeFirst.get();
            current = signer;
        }
        return signer;
    }
}
