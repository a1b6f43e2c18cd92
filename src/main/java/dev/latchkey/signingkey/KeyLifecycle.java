package dev.latchkey.signingkey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ServiceException;
import dev.latchkey.log.LogEvent;
import dev.latchkey.permission.Actor;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps in the life of the stored signing keys. Thread-safe. */
final class KeyLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(KeyLifecycle.class);

    private final SigningKeyStore store;
    private final SigningKeyFactory fresh;
    private final PrivateKeys privateKeys;
    private final KeyRing ring;
    private final SigningKeySettings settings;
    private final Clock clock;

    /** @param ring knows how long the tokens live that this process has signed, by which a retired key stays published */
    KeyLifecycle(
            SigningKeyStore store,
            SigningKeyFactory fresh,
            PrivateKeys privateKeys,
            KeyRing ring,
            SigningKeySettings settings,
            Clock clock) {
        this.store = store;
        this.fresh = fresh;
        this.privateKeys = privateKeys;
        this.ring = ring;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes the next key active and publishes a new next one: one read of the store and one transaction. Answers the keys
     * afterwards, in the order of {@link SigningKeyStore#all}; fails as {@link SigningKeys#rotate} says.
     */
    List<StoredKey> rotate(Actor actor, RotationMode mode) {
        List<StoredKey> stored = privateKeys.checked().stream()
                .map(key -> key.with(raiseMaxLifetime(key.key())))
                .toList();
        List<SigningKey> keys = stored.stream().map(StoredKey::key).toList();
        SigningKey active = the(SigningKey.State.ACTIVE, keys);
        SigningKey next = the(SigningKey.State.NEXT, keys);
        if (mode == RotationMode.WHEN_KNOWN) {
            checkKnown(next);
        }
        SigningKeyPair pair = fresh.generate(next.jwk().algorithm());
        // Only now, for making a key takes a while: the new one is not published before this moment.
        Instant moment = clock.instant();
        Instant now = moment.truncatedTo(ChronoUnit.SECONDS);
        boolean compromised = mode == RotationMode.COMPROMISED;
        Instant from = compromised || mode == RotationMode.AT_ONCE ? now : SigningKeyRules.signsFrom(keys, next, now);
        StoredKey retired = stored.get(keys.indexOf(active)).with(active.retired(from));
        StoredKey promoted = stored.get(keys.indexOf(next)).with(next.activated(from));
        StoredKey following = fresh.next(pair, moment);
        List<AuditEvent> events = List.of(
                compromised
                        ? SigningKeyEvents.dropped(actor, active, now)
                        : SigningKeyEvents.retired(actor, active, now),
                SigningKeyEvents.promoted(actor, next, now),
                SigningKeyEvents.created(actor, following));
        store.rotate(new SigningKeyStore.Rotation(retired.key(), !compromised, promoted, following), events);
        Stream<StoredKey> before = stored.stream().filter(key -> key.key().state() == SigningKey.State.RETIRED);
        Stream<StoredKey> kept = compromised ? before : Stream.concat(Stream.of(retired), before);
        return Stream.concat(Stream.of(promoted, following), kept).toList();
    }

    /** Puts a key from elsewhere in the place of the next one. */
    void importNext(Actor actor, SigningKeyPair pair) {
        List<SigningKey> keys = store.all();
        keys.stream().filter(key -> key.kid().equals(pair.kid())).findFirst().ifPresent(same -> {
            throw ServiceException.conflict("The key " + pair.kid() + " is in the store already; it is "
                    + same.state().publicName() + ".");
        });
        StoredKey next = fresh.next(pair, clock.instant());
        replaceNext(actor, the(SigningKey.State.NEXT, keys), next, SigningKeyEvents.imported(actor, next));
    }

    /**
     * Puts a fresh key in the place of the next one where that is for another algorithm than asked for. What signs stays
     * as it is, and the fresh key is published as long as any other before it does.
     */
    void replaceNextOfAnotherAlgorithm(List<SigningKey> keys) {
        SigningAlgorithm asked = settings.algorithm();
        SigningKey old = the(SigningKey.State.NEXT, keys);
        if (asked != null && asked != old.jwk().algorithm()) {
            SigningKeyPair pair = fresh.generate(asked);
            StoredKey next = fresh.next(pair, clock.instant());
            replaceNext(Actor.system(), old, next, SigningKeyEvents.created(Actor.system(), next));
            LogEvent.SIGNING_KEY_CHANGED
                    .info(LOG)
                    .log(
                            "The next signing key is {}, for {}: it signs from the next rotation on",
                            pair.kid(),
                            asked.publicName());
        }
    }

    private void replaceNext(Actor actor, SigningKey old, StoredKey next, AuditEvent event) {
        store.replaceNext(
                privateKeys.checked(old),
                next,
                List.of(SigningKeyEvents.dropped(actor, old, next.key().createdAt()), event));
    }

    /** Removes retired keys whose tokens have all expired; answers whether there was one. */
    boolean dropDue(List<SigningKey> keys) {
        Instant now = clock.instant();
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        List<SigningKey> due =
                keys.stream().filter(key -> !key.isPublished(now)).toList();
        due.forEach(key -> store.drop(key.kid(), SigningKeyEvents.dropped(Actor.system(), key, at)));
        return !due.isEmpty();
    }

    /**
     * Writes down how long tokens live, where that is longer than the store knows: of each key those that this process
     * has signed, and of a key that signs or will, those that it signs by default. So a retired key stays long enough,
     * and no longer. Writes nothing where nothing has grown.
     */
    void raiseMaxLifetimes(List<SigningKey> keys) {
        keys.forEach(this::raiseMaxLifetime);
    }

    /** The key as it is stored afterwards. */
    private SigningKey raiseMaxLifetime(SigningKey key) {
        Duration longest = ring.longestSigned(key.kid());
        if (key.state() != SigningKey.State.RETIRED
                && settings.defaultLifetime().compareTo(longest) > 0) {
            longest = settings.defaultLifetime();
        }
        if (longest.compareTo(key.longestLifetime()) <= 0) {
            return key;
        }
        SigningKey raised = key.withMaxLifetime(longest);
        store.raiseMaxLifetime(raised);
        return raised;
    }

    /** Whether the active key is old enough to be rotated unasked, and its successor known to every verifier. */
    boolean isRotationDue(List<SigningKey> keys) {
        Instant now = clock.instant();
        SigningKey active = SigningKeyRules.in(keys, SigningKey.State.ACTIVE).orElse(null);
        SigningKey next = SigningKeyRules.in(keys, SigningKey.State.NEXT).orElse(null);
        if (settings.rotateEvery() == null || active == null || next == null || active.activatedAt() == null) {
            return false;
        }
        Instant old = active.activatedAt().plus(settings.rotateEvery());
        return !now.isBefore(old) && !now.isBefore(SigningKeyRules.knownFrom(next));
    }

    /** At the moment from which it is known it may be promoted, and not before. */
    private void checkKnown(SigningKey next) {
        Instant known = SigningKeyRules.knownFrom(next);
        if (clock.instant().isBefore(known)) {
            throw ServiceException.conflict("The next key is published since " + next.publishedAt()
                    + ", and verifiers may hold an older key set "
                    + "for " + SigningKeyRules.JWKS_MAX_AGE.toSeconds() + " s. Rotate again from " + known
                    + " on, or now (--now, in the API \"now\": true) if no verifier can mind.");
        }
    }

    private static SigningKey the(SigningKey.State state, List<SigningKey> keys) {
        return SigningKeyRules.in(keys, state)
                .orElseThrow(() -> ServiceException.conflict(
                        keys.isEmpty()
                                ? "The store has no signing keys yet: start the service once, or import a key, and it has."
                                : "The store has no next signing key yet. The service whose first start this is makes it; was "
                                        + "that start cut off, start the service again, without --signing-key-file."));
    }
}
