package dev.latchkey.signingkey;

import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Actor;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The first two keys of a store. Another process that starts on it may be a moment faster with each. Thread-safe. */
final class FirstKeys {
    /** Not one of a pool that others use: what waits for the work may be on one of those. */
    private static final Executor OWN_THREAD = task -> {
        Thread thread = new Thread(task, "latchkey-first-keys");
        thread.setDaemon(true);
        thread.start();
    };

    private final SigningKeyStore store;
    private final SigningKeyFactory fresh;
    private final PrivateKeys privateKeys;
    private final Clock clock;

    /** Makes the next key; nothing where there is one, which counts as begun and done. */
    private Runnable later = () -> {};

    private @Nullable CompletableFuture<Void> begun = CompletableFuture.completedFuture(null);
    private volatile boolean stopped;

    FirstKeys(SigningKeyStore store, SigningKeyFactory fresh, PrivateKeys privateKeys, Clock clock) {
        this.store = store;
        this.fresh = fresh;
        this.privateKeys = privateKeys;
        this.clock = clock;
    }

    /** Makes the active key, which takes a while, and adds it where there is none; answers whether it was added. */
    boolean makeActive() {
        CompletableFuture<SigningKeyPair> made =
                CompletableFuture.supplyAsync(() -> fresh.generate(SigningAlgorithm.RS256), OWN_THREAD);
        // The connection for the change is opened while the key is being made.
        store.prepareToChange();
        SigningKeyPair pair = made.join();
        StoredKey active = fresh.active(pair, clock.instant());
        return store.insertFirst(active, null, List.of(SigningKeyEvents.created(Actor.system(), active)));
    }

    /** Adds both, published from now on; answers false where there are some already. */
    boolean insert(SigningKeyPair activePair, SigningKeyPair nextPair, Actor actor) {
        Instant moment = clock.instant();
        StoredKey active = fresh.active(activePair, moment);
        StoredKey next = fresh.next(nextPair, moment);
        return store.insertFirst(
                active, next, List.of(SigningKeyEvents.created(actor, active), SigningKeyEvents.created(actor, next)));
    }

    /**
     * Makes the next key where there is none, and adds it; where another process adds one meanwhile, that one stays. Fails
     * when the master key is not the store's.
     *
     * @param sinceActive whether no JWK Set was ever given out without it, so that it counts as published since the
     *     active one is
     */
    void makeNext(boolean sinceActive) {
        List<SigningKey> keys = store.all();
        if (SigningKeyRules.in(keys, SigningKey.State.NEXT).isPresent()) {
            return;
        }
        SigningKey active = SigningKeyRules.in(keys, SigningKey.State.ACTIVE).orElseThrow();
        StoredKey stored = privateKeys.checked(active);
        SigningKeyPair pair = fresh.generate(active.jwk().algorithm());
        Instant moment = clock.instant();
        if (stopped) {
            return;
        }
        StoredKey next = sinceActive ? fresh.next(pair, moment, active.publishedAt()) : fresh.next(pair, moment);
        var unused = store.insertNext(stored, next, SigningKeyEvents.created(Actor.system(), next));
    }

    /** Leaves this work, which makes the next key, to the first call of {@link #beginNext}. */
    synchronized void makeNextLater(Runnable work) {
        later = work;
        begun = null;
    }

    /** Begins what was left, unless that is done already; completes when it is done, exceptionally when it has failed. */
    synchronized CompletableFuture<Void> beginNext() {
        CompletableFuture<Void> running = begun;
        if (running == null) {
            running = CompletableFuture.runAsync(later, OWN_THREAD);
            begun = running;
        }
        return running;
    }

    /** Returns when what was left is done, and throws what that has thrown. */
    void awaitNext() {
        try {
            beginNext().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ServiceException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** Adds no next key from now on; one that is being made is waited for, this long at most. */
    void stop(Duration patience) {
        stopped = true;
        CompletableFuture<Void> running;
        synchronized (this) {
            running = begun;
        }
        if (running != null) {
            var unused = running.exceptionally(failure -> null)
                    .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
