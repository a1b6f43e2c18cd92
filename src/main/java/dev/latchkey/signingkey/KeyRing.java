package dev.latchkey.signingkey;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing keys that this process uses, in memory: a picture of the store, drawn anew when it has changed. A token
 * costs one read of a field. Thread-safe.
 */
final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final SigningKeyStore store;
    private final KeyPairs pairs;
    private final PrivateKeys privateKeys;
    private final Clock clock;
    private volatile Picture picture = new Picture(List.of(), List.of(), Map.of(), null, null);

    /**
     * One moment's keys.
     *
     * @param keys as they are stored
     * @param published the public parts in the JWK Set
     * @param signers of the keys that sign or will, by kid
     * @param own the key of a file, which signs instead of the store's; null = none
     * @param signer signs now; null = the private part could not be opened
     */
    private record Picture(
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
        picture = new Picture(List.of(), List.of(pair.jwk()), Map.of(), own, pairs.signer(pair));
        refresh();
    }

    /** The file's key that signs instead of the store's. */
    @Nullable
    SigningKey own() {
        return picture.own();
    }

    List<PublicJwk> published() {
        return picture.published();
    }

    KeySigner signer() {
        KeySigner signer = picture.signer();
        if (signer == null) {
            throw LatchkeyException.of(
                    ErrorKind.UNAVAILABLE, "The service cannot sign tokens now; its log says what to do.");
        }
        return signer;
    }

    /** Draws the picture anew if need be; answers the keys as they are stored. */
    synchronized List<SigningKey> refresh() {
        List<SigningKey> keys = store.all();
        Instant now = clock.instant();
        List<PublicJwk> published = published(keys, picture.own(), now);
        if (picture.own() != null) {
            picture = new Picture(keys, published, Map.of(), picture.own(), picture.signer());
        } else if (!keys.isEmpty()) {
            follow(keys, published, SigningKeyRules.signing(keys, now));
        }
        return keys;
    }

    private void follow(List<SigningKey> keys, List<PublicJwk> published, SigningKey signing) {
        KeySigner before = picture.signer();
        boolean signs = before != null && before.kid().equals(signing.kid());
        if (signs && keys.equals(picture.keys()) && published.equals(picture.published())) {
            return;
        }
        Map<String, KeySigner> signers = signers(keys, signing);
        KeySigner signer = signers.get(signing.kid());
        picture = new Picture(keys, published, signers, null, signer);
        if (before != null && !signs && signer != null) {
            LOG.info("Tokens are signed with the key {} from now on", signer.kid());
        }
    }

    /** Those there are already, and new ones; a signer is missing where the private part cannot be opened. */
    private Map<String, KeySigner> signers(List<SigningKey> keys, SigningKey signing) {
        Map<String, KeySigner> signers = new HashMap<>();
        Map<String, StoredPrivateKey> stored = null;
        for (SigningKey key : keys) {
            KeySigner known = picture.signers().get(key.kid());
            if (known != null) {
                signers.put(key.kid(), known);
            } else if (key.state() != SigningKey.State.RETIRED || key.equals(signing)) {
                stored = stored == null ? store.privateKeys() : stored;
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
        } catch (LatchkeyException e) {
            boolean known = picture.keys().contains(key);
            if (!known) {
                LOG.error(
                        "The {} signing key {} cannot be used: {}",
                        key.state().publicName(),
                        key.kid(),
                        e.getMessage());
            }
        }
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
