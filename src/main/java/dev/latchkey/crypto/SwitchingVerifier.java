package dev.latchkey.crypto;

import dev.latchkey.signingkey.Rs256Verifier;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies at once with the verifier at hand, and with a better one from the moment it is ready and has agreed about one
 * good signature. One that does not agree is never used. Thread-safe.
 */
final class SwitchingVerifier implements Rs256Verifier {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchingVerifier.class);

    private final Rs256Verifier first;
    private final CompletableFuture<Optional<Rs256Verifier>> better;
    private volatile @Nullable Rs256Verifier chosen;

    SwitchingVerifier(Rs256Verifier first, CompletableFuture<Optional<Rs256Verifier>> better) {
        this.first = first;
        this.better = better;
    }

    @Override
    public boolean verify(byte[] data, byte[] signature) {
        Rs256Verifier verifier = chosen;
        if (verifier != null) {
            return verifier.verify(data, signature);
        }
        boolean good = first.verify(data, signature);
        if (good && better.isDone()) {
            chosen = better.join().map(ready -> choose(ready, data, signature)).orElse(first);
        }
        return good;
    }

    private Rs256Verifier choose(Rs256Verifier ready, byte[] data, byte[] goodSignature) {
        if (ready.verify(data, goodSignature)) {
            return ready;
        }
        LOG.error("Tokens are verified by the JDK: the native verifier refuses a good signature");
        return first;
    }
}
