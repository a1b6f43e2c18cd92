package dev.latchkey.token;

import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.scope.ScopeSet;
import java.time.Instant;
import java.util.List;

/**
 * What an access token says (RFC 9068 §2.2).
 *
 * @param issuer {@code iss}
 * @param clientId {@code sub} and {@code client_id}, the same for a client that acts for itself
 * @param audience {@code aud}, at least one
 * @param issuedAt {@code iat}, whole seconds
 * @param expiresAt {@code exp}, whole seconds
 * @param tokenId {@code jti}, unique
 * @param scope {@code scope}
 * @param custom what the key adds
 */
public record AccessTokenClaims(
        String issuer,
        String clientId,
        List<String> audience,
        Instant issuedAt,
        Instant expiresAt,
        String tokenId,
        ScopeSet scope,
        CustomClaims custom) {}
