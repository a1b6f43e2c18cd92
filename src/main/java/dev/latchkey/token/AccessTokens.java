package dev.latchkey.token;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.ClientProof;
import dev.latchkey.client.ClientRefusedException;
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
    private final ClientAuthenticator authenticator;
    private final TokenListener listener;
    private final Clock clock;

    /** Takes tokens of these issuers alone, all of them this service. */
    public AccessTokens(
            TokenVerifier verifier,
            TokenStore store,
            Predicate<String> issuers,
            ClientAuthenticator authenticator,
            TokenListener listener,
            Clock clock) {
        this.verifier = verifier;
        this.store = store;
        this.issuers = issuers;
        this.authenticator = authenticator;
        this.listener = listener;
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
     * Tells a client about a token, if it is active (RFC 7662). Any client may ask about any token of this issuer.
     *
     * @param proof authenticates the client as at the token endpoint (§2.1)
     * @throws ClientRefusedException when the client is not authenticated
     * @throws TokenRefusedException when it sends no token
     * @throws InvalidTokenException when the token is not active (§2.2)
     */
    public VerifiedToken introspect(ClientProof proof, @Nullable String token) {
        AccessKey client = authenticator.authenticate(proof, clock.instant()).key();
        VerifiedToken active;
        try {
            active = verify(require(token, client));
        } catch (InvalidTokenException e) {
            listener.introspected(false);
            throw e.askedBy(client.id());
        }
        listener.introspected(true);
        return active;
    }

    /**
     * A token that was not revoked.
     *
     * @param keyId the client that asked
     * @param why for the log
     */
    public record PassedOver(String keyId, String why) {}

    /**
     * Revokes a token of the client's own, at once and on every replica (RFC 7009). A token that does not count, and one of
     * another client, is passed over in silence (§2.2): the client shall learn nothing about it.
     *
     * @param proof authenticates the client as at the token endpoint (§2.1)
     * @return empty when it is revoked now
     * @throws ClientRefusedException when the client is not authenticated
     * @throws TokenRefusedException when it sends no token
     * @throws ServiceException of kind {@link ErrorKind#UNAVAILABLE} when it cannot be written down
     */
    public Optional<PassedOver> revoke(ClientProof proof, @Nullable String token) {
        Instant now = clock.instant();
        AccessKey client = authenticator.authenticate(proof, now).key();
        try {
            SignedClaims claims = read(require(token, client), now);
            if (!claims.clientId().equals(client.id())) {
                String why = "token " + claims.tokenId() + " is of " + claims.clientId() + ", not of " + client.id();
                return Optional.of(new PassedOver(client.id(), why));
            }
            store.revoke(claims.tokenId(), claims.expiresAt());
            return Optional.empty();
        } catch (InvalidTokenException e) {
            return Optional.of(new PassedOver(client.id(), String.valueOf(e.getMessage())));
        }
    }

    private static String require(@Nullable String token, AccessKey client) {
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
