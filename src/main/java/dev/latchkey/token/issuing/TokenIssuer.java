package dev.latchkey.token.issuing;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.ClientProof;
import dev.latchkey.client.ClientRefusedException;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LogText;
import dev.latchkey.error.ServiceException;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.AccessTokenClaims;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.TokenSettings;
import dev.latchkey.token.TokenSigner;
import dev.latchkey.token.issuing.Grant.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Issues access tokens (RFC 6749 §3.2) as JWTs (RFC 9068). Thread-safe.
 *
 * <p>The steps stand in the order in which the contract names the checks: client authentication, {@code grant_type} and
 * what that {@link Grant} asks for, {@code scope}, target. Nothing is written: issuing reads one key, signs, and remembers
 * which key, secret and scopes were used.
 */
public final class TokenIssuer {
    private final ClientAuthenticator authenticator;
    private final List<Grant> grants;
    private final AccessKeyUses uses;
    private final TokenSigner signer;
    private final TokenSettings settings;
    private final IssuingRules rules;
    private final Clock clock;
    private final TokenIds ids = new TokenIds();

    /** @param grants those that there are, at least one, each of another type */
    public TokenIssuer(
            ClientAuthenticator authenticator,
            List<Grant> grants,
            AccessKeyUses uses,
            TokenSigner signer,
            TokenSettings settings,
            IssuingRules rules,
            Clock clock) {
        this.authenticator = authenticator;
        this.grants = List.copyOf(grants);
        this.uses = uses;
        this.signer = signer;
        this.settings = settings;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * An access token that was just signed (RFC 6749 §5.1).
     *
     * @param accessToken the JWT, in ASCII; do not change it; never printed
     * @param expiresIn how long it lives, whole seconds
     * @param scope what was granted, in the key's order
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record IssuedToken(byte[] accessToken, Duration expiresIn, ScopeSet scope) {
        @Override
        public String toString() {
            return "IssuedToken[expiresIn=" + expiresIn + ", scope=" + scope + "]";
        }
    }

    /** The values of {@code grant_type} that there are. */
    public List<String> grantTypes() {
        return grants.stream().map(Grant::type).toList();
    }

    /**
     * A new token.
     *
     * @throws ClientRefusedException when the client is not authenticated
     * @throws TokenRefusedException when anything else is wrong with the request
     * @throws ServiceException of kind {@link ErrorKind#UNAVAILABLE} when the store cannot say
     */
    public IssuedToken issue(TokenRequest request) {
        Instant now = clock.instant();
        return issue(request, authenticator.authenticate(request.credentials(), now), now);
    }

    /** Reads the client's key before {@link #issue}, as {@link ClientAuthenticator#lookUp} says. */
    public boolean lookUp(ClientProof proof, Consumer<ClientProof> then) {
        return authenticator.lookUp(proof, then);
    }

    /**
     * The same for a key that the program around the service vouches for; the request's credentials are not looked at.
     *
     * @throws ClientRefusedException when no such key may act now
     * @throws TokenRefusedException and {@link ServiceException} as above
     */
    public IssuedToken issueTo(String keyId, TokenRequest request) {
        Instant now = clock.instant();
        return issue(request, authenticator.vouchedFor(keyId, now), now);
    }

    private IssuedToken issue(TokenRequest request, ClientAuthenticator.Authenticated client, Instant now) {
        try {
            return issueAt(request, client, now.truncatedTo(ChronoUnit.SECONDS));
        } catch (TokenRefusedException e) {
            throw e.of(client.key().id());
        }
    }

    private IssuedToken issueAt(TokenRequest request, ClientAuthenticator.Authenticated client, Instant now) {
        AccessKey key = client.key();
        Subject subject = grantOf(request.grantType()).subject(request, key);
        ScopeSet scope = rules.scope(request, key);
        List<String> audience = rules.audience(request, key, scope);
        Instant issuedAt = rules.issuedAt(now);
        Instant expiresAt = expiry(key, issuedAt);
        AccessTokenClaims claims = new AccessTokenClaims(
                settings.issuer(),
                subject.id(),
                key.id(),
                audience,
                issuedAt,
                expiresAt,
                ids.next(),
                scope,
                subject.claims());
        IssuedToken token = new IssuedToken(signer.sign(claims), Duration.between(issuedAt, expiresAt), scope);
        uses.note(key.id(), client.secret(), request.scope() == null ? ScopeSet.NONE : scope, now);
        return token;
    }

    private Grant grantOf(@Nullable String type) {
        for (Grant grant : grants) {
            if (grant.type().equals(type)) {
                return grant;
            }
        }
        String known = "grant_type=" + String.join(" or ", grantTypes());
        throw type == null
                ? TokenRefusedException.of(OAuthError.INVALID_REQUEST, "grant_type is missing; send " + known + ".")
                : TokenRefusedException.of(
                        OAuthError.UNSUPPORTED_GRANT_TYPE,
                        "Only " + known + " is supported.",
                        "the grant_type " + LogText.quoted(type) + " is not supported");
    }

    /** One lifetime from now, but never later than the key itself. */
    private Instant expiry(AccessKey key, Instant now) {
        Duration own = key.settings().tokenLifetime();
        Instant full = now.plus(own == null ? settings.defaultLifetime() : own);
        Instant keyExpires = key.settings().expiresAt();
        return keyExpires != null && keyExpires.isBefore(full) ? keyExpires : full;
    }
}
