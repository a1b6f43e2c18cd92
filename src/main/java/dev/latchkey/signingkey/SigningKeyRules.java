package dev.latchkey.signingkey;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * When a signing key does what.
 *
 * <p>A verifier may hold a JWK Set for its {@code max-age}, so the next key is promoted when it has been published for
 * that long. Another process that serves the same store looks for changes every few seconds, so a key that was made a
 * moment ago and is promoted regardless begins to sign when all of them publish it, and its predecessor signs until then.
 */
final class SigningKeyRules {
    /** How long verifiers may hold the JWK Set ({@code Cache-Control: max-age}). */
    static final Duration JWKS_MAX_AGE = Duration.ofMinutes(5);

    /** How long it may take until every process that serves the store publishes a new key. */
    static final Duration PROPAGATION_DELAY = Duration.ofSeconds(5);

    /** How much longer than its tokens a retired key is published: the clocks of replicas differ a little. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    private SigningKeyRules() {}

    /** The moment from which a key that is stored now can be said to be published: times are kept in whole seconds. */
    static Instant publishedFrom(Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(now) ? now : second.plusSeconds(1);
    }

    /** The first moment at which the next key may be promoted. */
    static Instant knownFrom(SigningKey next) {
        return next.publishedAt().plus(JWKS_MAX_AGE);
    }

    /** When the next key begins to sign if it is promoted now. The first two keys of a store are known alike. */
    static Instant signsFrom(List<SigningKey> keys, SigningKey next, Instant now) {
        Instant spread = next.publishedAt().plus(PROPAGATION_DELAY);
        boolean firstTwo = keys.size() == 2
                && keys.stream().allMatch(key -> key.publishedAt().equals(next.publishedAt()));
        return firstTwo || !isSoon(spread, now) ? now : spread;
    }

    /** The first moment at which the JWK Set no longer has a key that stops signing at {@code retiredAt}. */
    static Instant publishedUntil(Instant retiredAt, Duration longestTokenLifetime) {
        return retiredAt.plus(longestTokenLifetime).plus(CLOCK_SKEW);
    }

    /** The key that signs now: the active one, or its predecessor while the active one is not published everywhere. */
    static SigningKey signing(List<SigningKey> keys, Instant now) {
        SigningKey active = in(keys, SigningKey.State.ACTIVE).orElseThrow();
        Instant from = active.activatedAt();
        if (from == null || !isSoon(from, now)) {
            return active;
        }
        return keys.stream()
                .filter(key -> key.state() == SigningKey.State.RETIRED && signs(key, now))
                .findFirst()
                .orElse(active);
    }

    static Optional<SigningKey> in(List<SigningKey> keys, SigningKey.State state) {
        return keys.stream().filter(key -> key.state() == state).findFirst();
    }

    /** From the moment of its activation on, up to and not at that of its retirement. */
    private static boolean signs(SigningKey key, Instant now) {
        Instant from = key.activatedAt();
        Instant until = key.retiredAt();
        return from != null && until != null && !now.isBefore(from) && now.isBefore(until);
    }

    /** Ahead, but not by more than a wait can be; a moment further ahead was written by a clock that was wrong. */
    private static boolean isSoon(Instant moment, Instant now) {
        return now.isBefore(moment) && !now.plus(PROPAGATION_DELAY).isBefore(moment);
    }
}
