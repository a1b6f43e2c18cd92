package dev.latchkey.testing;

import dev.latchkey.signingkey.KeyPairs;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKeyPair;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The keys that each server starts with, the one that signs and the next one: the same for all servers of this JVM, whose
 * tokens differ in their issuer. Every further key is a fresh one. Thread-safe.
 */
final class StartingKeys implements KeyPairs {
    private static final int STARTING = 2;
    private static final Map<Integer, SigningKeyPair> MADE = new ConcurrentHashMap<>();

    private final KeyPairs fresh;
    private final AtomicInteger asked = new AtomicInteger();

    StartingKeys(KeyPairs fresh) {
        this.fresh = fresh;
    }

    @Override
    public SigningKeyPair generate(SigningAlgorithm algorithm, int rsaBits) {
        int number = asked.getAndIncrement();
        return algorithm == SigningAlgorithm.RS256 && number < STARTING
                ? MADE.computeIfAbsent(number, key -> fresh.generate(algorithm, rsaBits))
                : fresh.generate(algorithm, rsaBits);
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
