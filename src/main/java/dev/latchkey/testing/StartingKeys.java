package dev.latchkey.testing;

import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The key that each server signs with at first: the same for all servers of this JVM, whose tokens differ in their issuer.
 * Every further key is a fresh one. Thread-safe.
 */
final class StartingKeys implements KeyPairs {
    private static final Object MAKING = new Object();
    private static volatile @Nullable SigningKeyPair first;

    private final KeyPairs fresh;
    private final AtomicBoolean begun = new AtomicBoolean();

    StartingKeys(KeyPairs fresh) {
        this.fresh = fresh;
    }

    @Override
    public void prepare(int rsaBits) {
        if (first == null) {
            fresh.prepare(rsaBits);
        }
    }

    @Override
    public SigningKeyPair generate(SigningAlgorithm algorithm, int rsaBits) {
        if (algorithm != SigningAlgorithm.RS256 || !begun.compareAndSet(false, true)) {
            return fresh.generate(algorithm, rsaBits);
        }
        synchronized (MAKING) {
            SigningKeyPair made = first;
            first = made == null ? fresh.generate(algorithm, rsaBits) : made;
            return Objects.requireNonNull(first);
        }
    }

    @Override
    public SigningKeyPair readPem(Path file) {
        return fresh.readPem(file);
    }

    @Override
    public SigningKeyPair of(KeyPair pair) {
        return fresh.of(pair);
    }

    @Override
    public KeySigner signer(SigningKeyPair key) {
        return fresh.signer(key);
    }
}
