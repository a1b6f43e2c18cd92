package dev.latchkey.token;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.client.AuthenticatedClient;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.ClientProof;
import dev.latchkey.client.ClientRefusedException;
import dev.latchkey.error.LogText;
import dev.latchkey.scope.ScopeSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Issues access tokens by the client credentials grant (RFC 6749 §4.4) as JWTs (RFC 9068). Thread-safe.
 *
 * <p>The steps stand in the order in which the contract names the checks; each refuses with a {@link
 * TokenRefusedException}. Nothing is written: issuing reads one key, signs,
 * and remembers that the key was used.
 */
public final class TokenIssuer {
    private static final String CLIENT_CREDENTIALS = "client_credentials";

    private final ClientAuthenticator authenticator;
    private final AccessKeyUses uses;
    private final TokenSigner signer;
    private final TokenSettings settings;
    private final Clock clock;
    private final TokenIds ids = new TokenIds();

    public TokenIssuer(
            ClientAuthenticator authenticator,
            AccessKeyUses uses,
            TokenSigner signer,
            TokenSettings settings,
            Clock clock) {
        this.authenticator = authenticator;
        this.uses = uses;
        this.signer = signer;
        this.settings = settings;
        this.clock = clock;
    }

    public IssuedToken issue(TokenRequest request) {
        Instant now = clock.instant();
        AuthenticatedClient client = authenticate(request.credentials(), now);
        try {
            return issue(request, client, now.truncatedTo(ChronoUnit.SECONDS));
        } catch (TokenRefusedException e) {
            throw e.of(client.key().id());
        }
    }

    private IssuedToken issue(TokenRequest request, AuthenticatedClient client, Instant now) {
        AccessKey key = client.key();
        checkGrantType(request.grantType());
        ScopeSet scope = grantScope(request.scope(), key);
        List<String> audience = AudienceResolver.resolve(request, key, settings);
        Instant expiresAt = expiry(key, now);

        AccessTokenClaims claims = new AccessTokenClaims(
                settings.issuer(),
                key.id(),
                audience,
                now,
                expiresAt,
                ids.next(),
                scope,
                key.settings().claims());
        IssuedToken token = new IssuedToken(signer.sign(claims), Duration.between(now, expiresAt), scope);
        uses.note(key.id(), client.secret(), now);
        return token;
    }

    private AuthenticatedClient authenticate(ClientProof credentials, Instant now) {
        try {
            return authenticator.authenticate(credentials, now);
        } catch (ClientRefusedException e) {
            throw TokenRefusedException.invalidClient(String.valueOf(e.getMessage()));
        }
    }

    private static void checkGrantType(@Nullable String grantType) {
        if (grantType == null) {
            throw TokenRefusedException.of(
                    OAuthError.INVALID_REQUEST, "grant_type is missing; send grant_type=client_credentials.");
        }
        if (!grantType.equals(CLIENT_CREDENTIALS)) {
            throw TokenRefusedException.of(
                    OAuthError.UNSUPPORTED_GRANT_TYPE,
                    "Only grant_type=client_credentials is supported.",
                    "the grant_type " + LogText.quoted(grantType) + " is not supported");
        }
    }

    /** All that the key has, or the subset asked for, in the key's order (RFC 6749 §3.3). */
    private static ScopeSet grantScope(@Nullable String asked, AccessKey key) {
        ScopeSet own = key.settings().scopes();
        if (asked == null) {
            return own;
        }
        ScopeSet wanted = ScopeSet.parse(asked)
                .orElseThrow(() -> TokenRefusedException.of(
                        OAuthError.INVALID_SCOPE,
                        "scope must be scope tokens separated by single spaces (RFC 6749 section 3.3).",
                        "the scope " + LogText.quoted(asked) + " is malformed"));
        if (!own.containsAll(wanted)) {
            throw TokenRefusedException.of(
                    OAuthError.INVALID_SCOPE,
                    "The requested scope goes beyond what this client may have.",
                    "the scope " + LogText.quoted(wanted.without(own).tokens()) + " is beyond what the key has: "
                            + LogText.quoted(own.tokens()));
        }
        return own.retain(wanted);
    }

    /** One lifetime from now, but never later than the key itself. */
    private Instant expiry(AccessKey key, Instant now) {
        Duration own = key.settings().tokenLifetime();
        Instant full = now.plus(own == null ? settings.defaultLifetime() : own);
        Instant keyExpires = key.settings().expiresAt();
        return keyExpires != null && keyExpires.isBefore(full) ? keyExpires : full;
    }
}
