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
 * signed before. Thread-safe.
 */
final class SwitchingSigner implements KeySigner {
    private final SigningKeyPair key;
    private final Supplier<KeySigner> makeFirst;
    private final CompletableFuture<Void> settled;
    private volatile @Nullable KeySigner current;

    SwitchingSigner(SigningKeyPair key, Supplier<KeySigner> makeFirst, CompletableFuture<Optional<KeySigner>> better) {
        this.key = key;
        this.makeFirst = makeFirst;
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
        return key.jwk().kid();
    }

    @Override
    public SigningAlgorithm algorithm() {
        return key.algorithm();
    }

    @Override
    public byte[] sign(byte[] data) {
        KeySigner signer = current;
        return (signer == null ? first() : signer).sign(data);
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
