package dev.latchkey.token;

import dev.latchkey.scope.ScopeSet;
import java.time.Instant;
import java.util.List;

/**
 * An access token that counted at the moment it was looked at: ours, not expired, not revoked, of a key that may act.
 * Only {@link AccessTokens} makes one, so code that holds it need not check again. Immutable and thread-safe.
 */
public final class VerifiedToken {
    private final SignedClaims claims;

    VerifiedToken(SignedClaims claims) {
        this.claims = claims;
    }

    /** {@code sub}: whom the token is about. */
    public String subject() {
        return claims.subject();
    }

    /** The id of the access key: {@code client_id}. */
    public String clientId() {
        return claims.clientId();
    }

    public ScopeSet scope() {
        return claims.scope();
    }

    public List<String> audience() {
        return claims.audience();
    }

    public Instant issuedAt() {
        return claims.issuedAt();
    }

    public Instant expiresAt() {
        return claims.expiresAt();
    }

    /** {@code jti}. */
    public String tokenId() {
        return claims.tokenId();
    }

    /** All claims as one compact JSON object, the custom ones too. */
    public String claimsJson() {
        return claims.json();
    }

    /** For the log: neither the token nor its claims. */
    @Override
    public String toString() {
        return "token " + tokenId() + " of " + clientId();
    }
}
