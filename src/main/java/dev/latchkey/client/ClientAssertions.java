package dev.latchkey.client;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.Audiences;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.error.LogText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules for assertions (RFC 7523 §3) beyond the signature, and their single use. Thread-safe.
 */
public final class ClientAssertions {
    /** How far ahead the end of an assertion may lie by its signer's clock, itself included. */
    static final Duration MAX_LIFETIME = Duration.ofMinutes(5);

    /** How far the signer's clock may differ from ours, either way, itself included. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    /** A used assertion is remembered for this much longer than it lives: the clocks of replicas differ. */
    private static final Duration MEMORY = Duration.ofMinutes(5);

    private final AssertionReader reader;
    private final AssertionStore store;
    private final Set<String> audiences;
    private final Predicate<String> otherAudiences;
    private final Clock clock;

    /** Takes assertions that are meant for one of these audiences, or for one that the predicate says is this service, too. */
    public ClientAssertions(
            AssertionReader reader,
            AssertionStore store,
            Set<String> audiences,
            Predicate<String> otherAudiences,
            Clock clock) {
        this.reader = reader;
        this.store = store;
        this.audiences = Set.copyOf(audiences);
        this.otherAudiences = otherAudiences;
        this.clock = clock;
    }

    /** What the assertion says, unverified. */
    AssertionClaims readUnverified(ClientProof.Assertion assertion) {
        return reader.readUnverified(assertion.jwt());
    }

    /** Checks, before any signature, what an assertion of a key's own must say; fails with {@link ClientRefusedException}. */
    static void checkOwn(ClientProof.Assertion assertion, AssertionClaims claims) {
        if (claims.id() == null) {
            throw refused("is malformed: no jti");
        }
        if (assertion.clientId() != null && !assertion.clientId().equals(claims.subject())) {
            throw refused("is of the client " + LogText.quoted(claims.subject()) + " (sub), not of "
                    + LogText.quoted(assertion.clientId()) + " as client_id says");
        }
    }

    boolean isSigned(ClientProof.Assertion assertion, String jwks) {
        return reader.isSigned(assertion.jwt(), jwks);
    }

    /** Checks what a verified assertion says; fails with {@link ClientRefusedException}. */
    void check(AssertionClaims claims, AccessKey key, Instant now) {
        if (!claims.issuer().equals(key.id()) || !claims.subject().equals(key.id())) {
            throw refused("of key " + key.id() + " has the iss " + LogText.quoted(claims.issuer())
                    + ", which must be the key's id as sub is");
        }
        // An assertion that others take, too, could be presented here by one of them (draft-ietf-oauth-rfc7523bis §4).
        if (claims.audience().size() != 1 || !isOwn(claims.audience().get(0))) {
            throw refused("of key " + key.id() + " has the aud " + LogText.quoted(claims.audience())
                    + ", which must be one of " + LogText.quoted(audiences) + " and nothing beside it");
        }
        checkTimes(claims, key, now);
    }

    private boolean isOwn(String audience) {
        return Audiences.contain(audiences, audience) || otherAudiences.test(audience);
    }

    /** By the signer's clock, wherever within {@link #CLOCK_SKEW} that is, it has begun and is not over: exp is too late. */
    private static void checkTimes(AssertionClaims claims, AccessKey key, Instant now) {
        if (!now.isBefore(claims.expiresAt().plus(CLOCK_SKEW))) {
            throw refused("of key " + key.id() + " expired at " + claims.expiresAt() + " (exp)");
        }
        if (claims.expiresAt().isAfter(now.plus(MAX_LIFETIME).plus(CLOCK_SKEW))) {
            throw refused("of key " + key.id() + " lives until " + claims.expiresAt() + " (exp), more than "
                    + MAX_LIFETIME.toSeconds() + " s from now");
        }
        checkBegin("nbf", claims.notBefore(), key, now);
        checkBegin("iat", claims.issuedAt(), key, now);
    }

    private static void checkBegin(String claim, @Nullable Instant begin, AccessKey key, Instant now) {
        if (begin != null && begin.isAfter(now.plus(CLOCK_SKEW))) {
            throw refused("of key " + key.id() + " begins at " + begin + " (" + claim + "), which is in the future");
        }
    }

    /** Accepts an assertion, which passed every other check, this one time. */
    void useOnce(AssertionClaims claims, AccessKey key) {
        // The hash is for its length and alphabet alone.
        String idHash = SecretHash.of(String.valueOf(claims.id())).encoded();
        if (!store.useOnce(key.id(), idHash, claims.expiresAt())) {
            throw refused("of key " + key.id() + " was used before (jti)");
        }
    }

    /** Forgets assertions that have expired and cannot be used again. */
    public void prune() {
        store.prune(clock.instant().minus(MEMORY));
    }

    private static ClientRefusedException refused(String why) {
        return new ClientRefusedException("the assertion " + why);
    }
}
