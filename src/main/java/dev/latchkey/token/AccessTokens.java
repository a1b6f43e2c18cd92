package dev.latchkey.token;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of access tokens after they were issued: they count until they expire, are revoked, or their key stops.
 * Thread-safe.
 */
public final class AccessTokens {
    /** A revocation is remembered for this much longer than its token lives: the clocks of replicas differ. */
    private static final Duration MEMORY = Duration.ofMinutes(5);

    /** How far ahead the clock of the replica that issued a token may be. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

    private final TokenVerifier verifier;
    private final TokenStore store;
    private final Predicate<String> issuers;
    private final Clock clock;

    /** Takes tokens of these issuers alone, all of them this service. */
    public AccessTokens(TokenVerifier verifier, TokenStore store, Predicate<String> issuers, Clock clock) {
        this.verifier = verifier;
        this.store = store;
        this.issuers = issuers;
        this.clock = clock;
    }

    /**
     * The token, if it counts now: signed by us, of this issuer, begun (at {@code nbf} itself, where it says one), not
     * expired (a token is dead at {@code exp} itself), not revoked, and of a key that is there, enabled and not expired. Whom it is for is the caller's question.
     *
     * @param token the compact form, as presented
     * @throws InvalidTokenException when it does not count
     * @throws ServiceException of kind {@link ErrorKind#UNAVAILABLE} when the store cannot say
     */
    public VerifiedToken verify(String token) {
        Instant now = clock.instant();
        SignedClaims claims = read(token, now);
        TokenStanding standing = store.standing(claims.clientId(), claims.tokenId())
                .orElseThrow(() -> refused(claims, "is of a key that is not there"));
        if (standing.revoked()) {
            throw refused(claims, "was revoked");
        }
        if (standing.isOfDeletedKey(claims.issuedAt())) {
            throw refused(claims, "is of a deleted key, whose id another has now");
        }
        if (!standing.keyEnabled()) {
            throw refused(claims, "is of a disabled key");
        }
        if (standing.isKeyExpired(now)) {
            throw refused(claims, "is of an expired key");
        }
        return new VerifiedToken(claims);
    }

    /**
     * Revokes a token that is the client's own; passes over every other text.
     *
     * @return why the text was passed over, for the log; empty when it was a token and is revoked now
     * @throws ServiceException of kind {@link ErrorKind#UNAVAILABLE} when it cannot be written down
     */
    Optional<String> revoke(String token, AccessKey client) {
        SignedClaims claims;
        try {
            claims = read(token, clock.instant());
        } catch (InvalidTokenException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        if (!claims.clientId().equals(client.id())) {
            return Optional.of("token " + claims.tokenId() + " is of " + claims.clientId() + ", not of " + client.id());
        }
        store.revoke(claims.tokenId(), claims.expiresAt());
        return Optional.empty();
    }

    /**
     * The token that introspection or revocation is asked about.
     *
     * @throws TokenRefusedException when there is none
     */
    static String require(@Nullable String token, AccessKey client) {
        if (token == null) {
            throw TokenRefusedException.of(OAuthError.INVALID_REQUEST, "token is missing.")
                    .of(client.id());
        }
        return token;
    }

    /** Forgets revocations of tokens that have expired. */
    public void prune() {
        store.prune(clock.instant().minus(MEMORY));
    }

    /** What can be said without the store. */
    private SignedClaims read(String token, Instant now) {
        SignedClaims claims = verifier.verify(token);
        if (!issuers.test(claims.issuer())) {
            throw refused(claims, "is of another issuer");
        }
        if (!now.isBefore(claims.expiresAt())) {
            throw refused(claims, "expired at " + claims.expiresAt());
        }
        if (claims.issuedAt().isAfter(now.plus(MAX_CLOCK_SKEW))) {
            throw refused(claims, "was issued in the future, at " + claims.issuedAt() + " (iat)");
        }
        Instant notBefore = claims.notBefore();
        if (notBefore != null && now.isBefore(notBefore)) {
            throw refused(claims, "is not valid before " + notBefore + " (nbf)");
        }
        return claims;
    }

    private static InvalidTokenException refused(SignedClaims claims, String why) {
        return new InvalidTokenException("token " + claims.tokenId() + " of " + claims.clientId() + " " + why)
                .of(claims.clientId());
    }
}
