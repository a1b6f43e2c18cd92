package dev.latchkey.accesskey;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The rules for assertions (RFC 7523 §3) beyond the signature, and their single use. Thread-safe.
 */
public final class ClientAssertions {
    /** How far ahead the end of an assertion may lie, itself included. */
    static final Duration MAX_LIFETIME = Duration.ofMinutes(5);

    /** How far a client's clock may be ahead of ours, where the assertion says when it begins. */
    static final Duration CLOCK_LEEWAY = Duration.ofSeconds(60);

    /** A used assertion is remembered for this much longer than it lives: the clocks of replicas differ. */
    private static final Duration MEMORY = Duration.ofMinutes(5);

    private final AssertionReader reader;
    private final AssertionStore store;
    private final Set<String> audiences;
    private final Clock clock;

    /** Takes assertions that are meant for one of these audiences. */
    public ClientAssertions(AssertionReader reader, AssertionStore store, Set<String> audiences, Clock clock) {
        this.reader = reader;
        this.store = store;
        this.audiences = Set.copyOf(audiences);
        this.clock = clock;
    }

    /** What the assertion says, unverified. */
    AssertionClaims readUnverified(ClientAssertion assertion) {
        AssertionClaims claims = reader.readUnverified(assertion.jwt());
        if (assertion.clientId() != null && !assertion.clientId().equals(claims.subject())) {
            throw refused("is of another client than client_id says");
        }
        return claims;
    }

    boolean isSigned(ClientAssertion assertion, String jwks) {
        return reader.isSigned(assertion.jwt(), jwks);
    }

    /** Checks what a verified assertion says; fails with {@link ClientRefusedException}. */
    void check(AssertionClaims claims, AccessKey key, Instant now) {
        if (!claims.issuer().equals(key.id()) || !claims.subject().equals(key.id())) {
            throw refused("of key " + key.id() + " has another iss or sub");
        }
        if (claims.audience().stream().noneMatch(audiences::contains)) {
            throw refused("of key " + key.id() + " is meant for another service (aud)");
        }
        // It is dead at exp itself, and may lie MAX_LIFETIME ahead to the second.
        if (!now.isBefore(claims.expiresAt())) {
            throw refused("of key " + key.id() + " has expired");
        }
        if (claims.expiresAt().isAfter(now.plus(MAX_LIFETIME))) {
            throw refused("of key " + key.id() + " lives longer than " + MAX_LIFETIME.toSeconds() + " s from now");
        }
        Instant latestBegin = now.plus(CLOCK_LEEWAY);
        boolean early = claims.notBefore() != null && claims.notBefore().isAfter(latestBegin);
        if (early || (claims.issuedAt() != null && claims.issuedAt().isAfter(latestBegin))) {
            throw refused("of key " + key.id() + " begins in the future (nbf, iat)");
        }
    }

    /** Accepts an assertion, which passed every other check, this one time. */
    void useOnce(AssertionClaims claims, AccessKey key) {
        // The hash is for its length and alphabet alone.
        String idHash = SecretHash.of(claims.id()).encoded();
        if (!store.useOnce(key.id(), idHash, claims.expiresAt())) {
            throw refused("of key " + key.id() + " was used before");
        }
    }

    /** Forgets assertions that nobody can use again. */
    public void prune() {
        store.prune(clock.instant().minus(MEMORY));
    }

    private static ClientRefusedException refused(String why) {
        return new ClientRefusedException("the assertion " + why);
    }
}
