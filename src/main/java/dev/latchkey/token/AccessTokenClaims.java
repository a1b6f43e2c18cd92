package dev.latchkey.token;

import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.scope.ScopeSet;
import java.time.Instant;
import java.util.List;

/**
 * What an access token says (RFC 9068 §2.2).
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}; of a client that acts for itself the same as {@code client_id}
 * @param clientId {@code client_id}
 * @param audience {@code aud}, at least one
 * @param issuedAt {@code iat}, whole seconds
 * @param expiresAt {@code exp}, whole seconds
 * @param tokenId {@code jti}, unique
 * @param scope {@code scope}
 * @param custom what the key adds
 */
public record AccessTokenClaims(
        String issuer,
        String subject,
        String clientId,
        List<String> audience,
        Instant issuedAt,
        Instant expiresAt,
        String tokenId,
        ScopeSet scope,
        CustomClaims custom) {}
