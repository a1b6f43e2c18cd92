package dev.latchkey.token;

/**
 * An access token that counted at the moment it was looked at: ours, not expired, not revoked, of a key that may act.
 * Only {@link AccessTokens} makes one, so code that holds it need not check again. Immutable and thread-safe.
 */
public final class VerifiedToken {
    private final SignedClaims claims;

    VerifiedToken(SignedClaims claims) {
        this.claims = claims;
    }

    /** What it says. */
    public SignedClaims claims() {
        return claims;
    }

    /** For the log: neither the token nor its claims. */
    @Override
    public String toString() {
        return "token " + claims.tokenId() + " of " + claims.clientId();
    }
}
