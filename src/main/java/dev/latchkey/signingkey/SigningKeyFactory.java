package dev.latchkey.signingkey;

import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Signing keys that are made now, as the settings ask for them and sealed for the store. Thread-safe. */
final class SigningKeyFactory {
    private final KeyPairs pairs;
    private final PrivateKeySeal seal;
    private final SigningKeySettings settings;

    SigningKeyFactory(KeyPairs pairs, PrivateKeySeal seal, SigningKeySettings settings) {
        this.pairs = pairs;
        this.seal = seal;
        this.settings = settings;
    }

    /** A key for the algorithm that was asked for; for the store's own where none was. Takes a while. */
    SigningKeyPair generate(SigningAlgorithm storesOwn) {
        SigningAlgorithm asked = settings.algorithm();
        return pairs.generate(asked == null ? storesOwn : asked, settings.keySize());
    }

    /** A key that is stored at this moment, to sign some day. */
    StoredKey next(SigningKeyPair pair, Instant now) {
        return next(pair, now, SigningKeyRules.publishedFrom(now));
    }

    /** The same, published since another moment. */
    StoredKey next(SigningKeyPair pair, Instant now, Instant publishedAt) {
        Instant createdAt = now.truncatedTo(ChronoUnit.SECONDS);
        SigningKey key = SigningKey.next(pair.jwk(), createdAt, publishedAt, settings.defaultLifetime());
        return new StoredKey(key, seal.seal(pair.kid(), pair.privateKey()));
    }

    /** A key that is stored at this moment and signs from it on. */
    StoredKey active(SigningKeyPair pair, Instant now) {
        StoredKey made = next(pair, now);
        return made.with(made.key().activated(made.key().createdAt()));
    }
}
