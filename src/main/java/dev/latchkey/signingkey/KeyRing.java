package dev.latchkey.signingkey;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.log.LogEvent;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing keys that this process uses, in memory: a snapshot of the store, drawn anew when it has changed. A token
 * costs one read of a field. Thread-safe.
 */
final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final SigningKeyStore store;
    private final KeyPairs pairs;
    private final PrivateKeys privateKeys;
    private final Clock clock;

    /** How long the longest-lived token lives that each key has signed in this process, by kid. */
    private final Map<String, Duration> longestSigned = new ConcurrentHashMap<>();

    private volatile Snapshot snapshot = new Snapshot(List.of(), List.of(), Map.of(), null, null);

    /**
     * One moment's keys.
     *
     * @param keys as they are stored
     * @param published the public parts in the JWK Set
     * @param signers of the keys that sign or will, by kid
     * @param own the key of a file, which signs instead of the store's; null = none
     * @param signer signs now; null = the private part could not be opened
     */
    private record Snapshot(
            List<SigningKey> keys,
            List<PublicJwk> published,
            Map<String, KeySigner> signers,
            @Nullable SigningKey own,
            @Nullable KeySigner signer) {}

    KeyRing(SigningKeyStore store, KeyPairs pairs, PrivateKeys privateKeys, Clock clock) {
        this.store = store;
        this.pairs = pairs;
        this.privateKeys = privateKeys;
        this.clock = clock;
    }

    /** Signs with this key from now on, whatever the store says. */
    synchronized void signWith(SigningKeyPair pair, Instant now) {
        SigningKey own = SigningKey.next(pair.jwk(), now, now, Duration.ZERO).activated(now);
        snapshot = new Snapshot(List.of(), List.of(pair.jwk()), Map.of(), own, pairs.signer(pair));
        refresh();
    }

    /** The file's key that signs instead of the store's. */
    @Nullable
    SigningKey own() {
        return snapshot.own();
    }

    List<PublicJwk> published() {
        return snapshot.published();
    }

    /** Signs a token that lives this long. */
    KeySigner signer(Duration lifetime) {
        KeySigner signer = snapshot.signer();
        if (signer == null) {
            throw ServiceException.of(
                    ErrorKind.UNAVAILABLE, "The service cannot sign tokens now; its log says what to do.");
        }
        if (lifetime.compareTo(longestSigned(signer.kid())) > 0) {
            longestSigned.merge(signer.kid(), lifetime, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
        return signer;
    }

    /** The longest life of a token that the key has signed in this process; zero where it has signed none. */
    Duration longestSigned(String kid) {
        return longestSigned.getOrDefault(kid, Duration.ZERO);
    }

    /** Reads the store and replaces the snapshot where it has changed; answers the keys as they are stored. */
    synchronized List<SigningKey> refresh() {
        List<SigningKey> keys = store.all();
        follow(keys, store::stored);
        return keys;
    }

    /** Replaces the snapshot by keys that were read or written just now; answers them without their private parts. */
    synchronized List<SigningKey> follow(List<StoredKey> stored) {
        List<SigningKey> keys = stored.stream().map(StoredKey::key).toList();
        follow(keys, () -> stored);
        return keys;
    }

    private void follow(List<SigningKey> keys, Supplier<List<StoredKey>> stored) {
        Snapshot before = snapshot;
        Instant now = clock.instant();
        List<PublicJwk> published = published(keys, before.own(), now);
        if (before.own() != null) {
            snapshot = new Snapshot(keys, published, Map.of(), before.own(), before.signer());
            return;
        }
        if (keys.isEmpty()) {
            return;
        }
        SigningKey signing = SigningKeyRules.signing(keys, now);
        boolean signs = before.signer() != null && before.signer().kid().equals(signing.kid());
        if (signs && keys.equals(before.keys()) && published.equals(before.published())) {
            return;
        }
        Map<String, KeySigner> signers = signers(keys, stored, signing);
        KeySigner signer = signers.get(signing.kid());
        snapshot = new Snapshot(keys, published, signers, null, signer);
        if (before.signer() != null && !signs && signer != null) {
            LogEvent.SIGNING_KEY_CHANGED.info(LOG).log("Tokens are signed with the key {} from now on", signer.kid());
        }
    }

    /** Those there are already, and new ones; a signer is missing where the private part cannot be opened. */
    private Map<String, KeySigner> signers(
            List<SigningKey> keys, Supplier<List<StoredKey>> stored, SigningKey signing) {
        Map<String, KeySigner> signers = new HashMap<>();
        Set<String> fresh = new HashSet<>();
        for (SigningKey key : keys) {
            KeySigner known = snapshot.signers().get(key.kid());
            if (known != null) {
                signers.put(key.kid(), known);
            } else if (key.state() != SigningKey.State.RETIRED || key.equals(signing)) {
                fresh.add(key.kid());
            }
        }
        // One that changed again between the two reads is found by the next look.
        List<StoredKey> opened = fresh.isEmpty() ? List.of() : stored.get();
        opened.stream().filter(key -> fresh.contains(key.key().kid())).forEach(key -> open(key, signers));
        return signers;
    }

    private void open(StoredKey stored, Map<String, KeySigner> signers) {
        SigningKey key = stored.key();
        try {
            signers.put(key.kid(), pairs.signer(privateKeys.open(stored)));
        } catch (ServiceException e) {
            if (!snapshot.keys().contains(key)) {
                LogEvent.SIGNING_KEY_PROBLEM
                        .error(LOG)
                        .log(
                                "The {} signing key {} cannot be used: {}",
                                key.state().publicName(),
                                key.kid(),
                                e.getMessage());
            }
        }
    }

    /** Of keys as they are stored, those in the JWK Set; before them the own key. */
    List<SigningKey> shown(List<SigningKey> stored) {
        SigningKey own = own();
        Instant now = clock.instant();
        return Stream.concat(Stream.ofNullable(own), stored.stream().filter(key -> key.isPublished(now)))
                .toList();
    }

    /** What the JWK Set has: the own key, then the store's as they stand there. */
    static List<PublicJwk> published(List<SigningKey> keys, @Nullable SigningKey own, Instant now) {
        List<PublicJwk> published = new ArrayList<>();
        if (own != null) {
            published.add(own.jwk());
        }
        keys.stream()
                .filter(key -> key.isPublished(now))
                .map(SigningKey::jwk)
                .filter(jwk -> own == null || !jwk.kid().equals(own.kid()))
                .forEach(published::add);
        return List.copyOf(published);
    }
}
