package dev.latchkey.signingkey;

import dev.latchkey.permission.Actor;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The first two keys of a store. Another process that starts on it may be a moment faster with each. Thread-safe. */
final class FirstKeys {
    private final SigningKeyStore store;
    private final NewKeys fresh;
    private final PrivateKeys privateKeys;
    private final Clock clock;

    FirstKeys(SigningKeyStore store, NewKeys fresh, PrivateKeys privateKeys, Clock clock) {
        this.store = store;
        this.fresh = fresh;
        this.privateKeys = privateKeys;
        this.clock = clock;
    }

    /** Makes the active key, which takes a while, and adds it where there is none. */
    void makeActive() {
        CompletableFuture<SigningKeyPair> made =
                CompletableFuture.supplyAsync(() -> fresh.generate(SigningAlgorithm.RS256));
        // Meanwhile, since there is nothing else to do.
        store.prepareToChange();
        SigningKeyPair pair = made.join();
        SigningKey active = fresh.active(pair, clock.instant());
        var unused = store.insertFirst(
                privateKeys.seal(active, pair), null, List.of(SigningKeyEvents.created(Actor.system(), active)));
    }

    /**
     * Makes the next key, and adds it where there is none. It counts as published since the active one is, for no JWK Set
     * was ever given out without it: see {@link SigningKeys#jwkSet}.
     */
    void makeNext() {
        SigningKeyPair pair = fresh.generate(SigningAlgorithm.RS256);
        Instant publishedAt = SigningKeyRules.in(store.all(), SigningKey.State.ACTIVE)
                .orElseThrow()
                .publishedAt();
        SigningKey next = fresh.next(pair, clock.instant(), publishedAt);
        var unused = store.insertNext(privateKeys.seal(next, pair), SigningKeyEvents.created(Actor.system(), next));
    }

    /** Adds both, published from now on; answers false where there are some already. */
    boolean insert(SigningKeyPair activePair, SigningKeyPair nextPair, Actor actor) {
        Instant moment = clock.instant();
        SigningKey active = fresh.active(activePair, moment);
        SigningKey next = fresh.next(nextPair, moment);
        return store.insertFirst(
                privateKeys.seal(active, activePair),
                privateKeys.seal(next, nextPair),
                List.of(SigningKeyEvents.created(actor, active), SigningKeyEvents.created(actor, next)));
    }
}
