package dev.latchkey.signingkey;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.log.LogEvent;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
        follow(keys, store::privateKeys);
        return keys;
    }

    /** Replaces the snapshot by keys that were read or written just now; answers them without their private parts. */
    synchronized List<SigningKey> follow(List<StoredKey> stored) {
        List<SigningKey> keys = stored.stream().map(StoredKey::key).toList();
        follow(
                keys,
                () -> stored.stream().collect(Collectors.toMap(key -> key.key().kid(), StoredKey::privateKey)));
        return keys;
    }

    private void follow(List<SigningKey> keys, Supplier<Map<String, StoredPrivateKey>> privateKeys) {
        Instant now = clock.instant();
        List<PublicJwk> published = published(keys, snapshot.own(), now);
        if (snapshot.own() != null) {
            snapshot = new Snapshot(keys, published, Map.of(), snapshot.own(), snapshot.signer());
        } else if (!keys.isEmpty()) {
            follow(keys, privateKeys, published, SigningKeyRules.signing(keys, now));
        }
    }

    private void follow(
            List<SigningKey> keys,
            Supplier<Map<String, StoredPrivateKey>> privateKeys,
            List<PublicJwk> published,
            SigningKey signing) {
        KeySigner before = snapshot.signer();
        boolean signs = before != null && before.kid().equals(signing.kid());
        if (signs && keys.equals(snapshot.keys()) && published.equals(snapshot.published())) {
            return;
        }
        Map<String, KeySigner> signers = signers(keys, privateKeys, signing);
        KeySigner signer = signers.get(signing.kid());
        snapshot = new Snapshot(keys, published, signers, null, signer);
        if (before != null && !signs && signer != null) {
            LogEvent.SIGNING_KEY_CHANGED.info(LOG).log("Tokens are signed with the key {} from now on", signer.kid());
        }
    }

    /** Those there are already, and new ones; a signer is missing where the private part cannot be opened. */
    private Map<String, KeySigner> signers(
            List<SigningKey> keys, Supplier<Map<String, StoredPrivateKey>> privateKeys, SigningKey signing) {
        Map<String, KeySigner> signers = new HashMap<>();
        Map<String, StoredPrivateKey> stored = null;
        for (SigningKey key : keys) {
            KeySigner known = snapshot.signers().get(key.kid());
            if (known != null) {
                signers.put(key.kid(), known);
            } else if (key.state() != SigningKey.State.RETIRED || key.equals(signing)) {
                stored = stored == null ? privateKeys.get() : stored;
                open(key, stored, signers);
            }
        }
        return signers;
    }

    private void open(SigningKey key, Map<String, StoredPrivateKey> stored, Map<String, KeySigner> signers) {
        StoredPrivateKey text = stored.get(key.kid());
        if (text == null) {
            return; // changed again between the two reads; the next look finds it as it then is
        }
        try {
            signers.put(key.kid(), pairs.signer(privateKeys.open(key, text)));
        } catch (ServiceException e) {
            boolean known = snapshot.keys().contains(key);
            if (!known) {
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
