package dev.latchkey.signingkey;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Permission;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What people do with signing keys, and which ones this process signs with and publishes. Thread-safe.
 *
 * <p>A service {@linkplain #start starts} it and calls {@link #tick} every few seconds; a command that only manages keys does
 * neither.
 */
public final class SigningKeys implements KeySource {
    private final SigningKeyStore store;
    private final KeyPairs pairs;
    private final Clock clock;
    private final SigningKeyFactory fresh;
    private final PrivateKeys privateKeys;
    private final FirstKeys firstKeys;
    private final KeyRing ring;
    private final KeyLifecycle lifecycle;

    public SigningKeys(
            SigningKeyStore store, KeyPairs pairs, PrivateKeySeal seal, SigningKeySettings settings, Clock clock) {
        this.store = store;
        this.pairs = pairs;
        this.clock = clock;
        this.fresh = new SigningKeyFactory(pairs, seal, settings);
        this.privateKeys = new PrivateKeys(store, seal);
        this.firstKeys = new FirstKeys(store, fresh, privateKeys, clock);
        this.ring = new KeyRing(store, pairs, privateKeys, clock);
        this.lifecycle = new KeyLifecycle(store, fresh, privateKeys, ring, settings, clock);
    }

    /**
     * Gets ready to sign; makes the first key where there is none, encrypts what a new master key finds plain, and
     * replaces a next key that is for another algorithm than asked for: here alone, so that processes that were asked for
     * different ones do not take turns at it. A next key that is missing is made on request: {@link #beginNext}.
     *
     * @param own a key to sign with instead of the store's, which stay published so that tokens signed before verify;
     *     it is never stored; null = none
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when a private key in the store cannot be used
     */
    public void start(@Nullable SigningKeyPair own) {
        if (own != null) {
            privateKeys.encryptIfAsked(Actor.system(), now());
            ring.signWith(own, now());
            return;
        }
        // An active key that is made here is not published without the next one.
        boolean madeActive = store.all().isEmpty() && firstKeys.makeActive();
        privateKeys.encryptIfAsked(Actor.system(), now());
        privateKeys.openAll();
        List<SigningKey> keys = store.all();
        lifecycle.dropDue(keys);
        lifecycle.raiseMaxLifetimes(keys);
        if (SigningKeyRules.in(keys, SigningKey.State.NEXT).isPresent()) {
            unlessAnotherProcessDid(() -> lifecycle.replaceNextOfAnotherAlgorithm(keys));
        } else {
            firstKeys.makeNextLater(() -> makeNext(madeActive));
        }
        ring.refresh();
    }

    private void makeNext(boolean madeActive) {
        firstKeys.makeNext(madeActive);
        unlessAnotherProcessDid(() -> lifecycle.replaceNextOfAnotherAlgorithm(store.all()));
        ring.refresh();
    }

    /** Begins to make the next key, where there is none yet. */
    public void beginNext() {
        var unused = firstKeys.beginNext();
    }

    /**
     * Returns when there is a next key, and begins to make it if need be.
     *
     * @throws ServiceException when it cannot be stored, or another process changed the master key meanwhile
     */
    public void awaitNext() {
        firstKeys.awaitNext();
    }

    /** Uses the store no more when this returns, but for {@link #tick}; waits this long at most for a key that is being made. */
    public void stop(Duration patience) {
        firstKeys.stop(patience);
    }

    /**
     * Looks what other processes have changed, drops what is due, and rotates if that is due. A service that calls this
     * every two seconds publishes each new key before any other signs with it.
     *
     * @throws ServiceException of kind {@link ErrorKind#UNAVAILABLE} when the store is away: the keys stay as they are
     */
    public void tick() {
        List<SigningKey> keys = ring.refresh();
        if (ring.own() == null) {
            lifecycle.raiseMaxLifetimes(keys);
        }
        if (lifecycle.dropDue(keys)) {
            keys = ring.refresh();
        }
        if (ring.own() == null && lifecycle.isRotationDue(keys)) {
            unlessAnotherProcessDid(() -> {
                var unused = ring.follow(lifecycle.rotate(Actor.system(), RotationMode.WHEN_KNOWN));
            });
            ring.refresh();
        }
    }

    /** All keys that the JWK Set has: the active one, the next one, the retired ones. Needs no master key. */
    public List<SigningKey> list(Actor actor) {
        actor.require(Permission.MANAGE_SIGNING_KEYS);
        awaitNext();
        return ring.shown(store.all());
    }

    /**
     * Makes the next key active and publishes a new next one; the old one is retired, or dropped if it is compromised.
     *
     * @return as {@link #list}, afterwards
     * @throws ServiceException of kind {@link ErrorKind#CONFLICT} when the next key may not sign yet, another rotation
     *     was a moment faster, or a file's key signs; {@link ErrorKind#MISCONFIGURED} when the master key is not the
     *     store's
     */
    public List<SigningKey> rotate(Actor actor, RotationMode mode) {
        actor.require(Permission.MANAGE_SIGNING_KEYS);
        if (ring.own() != null) {
            throw ServiceException.conflict(
                    "This service signs with the key of --signing-key-file and does not rotate it; to change the key, "
                            + "start the service with another file.");
        }
        awaitNext();
        return ring.shown(ring.follow(lifecycle.rotate(actor, mode)));
    }

    /**
     * Makes a file's key the next one, in place of the one that is; where there are no keys yet, the active one.
     *
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when the file cannot be used, or the master key
     *     is not the store's; {@link ErrorKind#CONFLICT} when the key is in the store already
     */
    public List<SigningKey> importKey(Actor actor, Path file) {
        actor.require(Permission.MANAGE_SIGNING_KEYS);
        SigningKeyPair pair = pairs.readPem(file);
        boolean first = store.all().isEmpty() && firstKeys.insert(pair, fresh.generate(pair.algorithm()), actor);
        if (!first) {
            lifecycle.importNext(actor, pair);
        }
        return list(actor);
    }

    /**
     * Encrypts every private key with another master key; fails with {@link ErrorKind#MISCONFIGURED} when the present one is
     * not the store's. Services that run with the old one must be started again.
     */
    public void changeMasterKey(Actor actor, PrivateKeySeal other) {
        actor.require(Permission.MANAGE_SIGNING_KEYS);
        privateKeys.changeSeal(other, actor, now());
    }

    /**
     * Signs a token that lives this long, with the active key. Fails with {@link ErrorKind#UNAVAILABLE} when there is none
     * that could be opened.
     */
    @Override
    public KeySigner signer(Duration lifetime) {
        return ring.signer(lifetime);
    }

    /** The keys that verify tokens, the active one first; from memory. */
    @Override
    public List<PublicJwk> published() {
        return ring.published();
    }

    /** The same for the JWK Set, which is not given out before a first start has its next key; fails when that fails. */
    @Override
    public CompletableFuture<List<PublicJwk>> jwkSet() {
        return firstKeys.beginNext().thenApply(done -> ring.published());
    }

    /** The same for a store that no service of this process runs on. */
    public static List<PublicJwk> published(SigningKeyStore store, Instant now) {
        return KeyRing.published(store.all(), null, now);
    }

    /** Another process that serves this store may have changed the keys a moment ago; its change holds then. */
    private static void unlessAnotherProcessDid(Runnable change) {
        try {
            change.run();
        } catch (ServiceException e) {
            if (e.kind() != ErrorKind.CONFLICT) {
                throw e;
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
