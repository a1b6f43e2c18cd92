package dev.latchkey.crypto;

import dev.latchkey.signingkey.KeyVerifier;
import dev.latchkey.signingkey.SigningAlgorithm;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies at once with the verifier at hand, and with a better one from the moment it is ready and has agreed about one
 * good signature. One that does not agree is never used. Thread-safe.
 */
final class SwitchingVerifier implements KeyVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchingVerifier.class);

    private final KeyVerifier first;
    private final CompletableFuture<Optional<KeyVerifier>> better;
    private volatile @Nullable KeyVerifier chosen;

    SwitchingVerifier(KeyVerifier first, CompletableFuture<Optional<KeyVerifier>> better) {
        this.first = first;
        this.better = better;
    }

    @Override
    public SigningAlgorithm algorithm() {
        return first.algorithm();
    }

    @Override
    public boolean verify(byte[] data, byte[] signature) {
        KeyVerifier verifier = chosen;
        if (verifier != null) {
            return verifier.verify(data, signature);
        }
        boolean good = first.verify(data, signature);
        if (good && better.isDone()) {
            chosen = better.join().map(ready -> choose(ready, data, signature)).orElse(first);
        }
        return good;
    }

    private KeyVerifier choose(KeyVerifier ready, byte[] data, byte[] goodSignature) {
        if (ready.verify(data, goodSignature)) {
            return ready;
        }
        LOG.error("Tokens are verified by the JDK: the native verifier refuses a good signature");
        return first;
    }
}
