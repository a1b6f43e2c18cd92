package dev.latchkey.signingkey;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Signing keys that are made now, as the settings ask for them. Thread-safe. */
final class SigningKeyFactory {
    private final KeyPairs pairs;
    private final SigningKeySettings settings;

    SigningKeyFactory(KeyPairs pairs, SigningKeySettings settings) {
        this.pairs = pairs;
        this.settings = settings;
    }

    /** A key for the algorithm that was asked for; for the store's own where none was. Takes a while. */
    SigningKeyPair generate(SigningAlgorithm storesOwn) {
        SigningAlgorithm asked = settings.algorithm();
        return pairs.generate(asked == null ? storesOwn : asked, settings.keySize());
    }

    /** A key that is stored at this moment, to sign some day. */
    SigningKey next(SigningKeyPair pair, Instant now) {
        return next(pair, now, SigningKeyRules.publishedFrom(now));
    }

    /** The same, published since another moment. */
    SigningKey next(SigningKeyPair pair, Instant now, Instant publishedAt) {
        return SigningKey.next(
                pair.jwk(), now.truncatedTo(ChronoUnit.SECONDS), publishedAt, settings.defaultLifetime());
    }

    /** A key that is stored at this moment and signs from it on. */
    SigningKey active(SigningKeyPair pair, Instant now) {
        SigningKey made = next(pair, now);
        return made.activated(made.createdAt());
    }
}
