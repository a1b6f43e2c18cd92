package dev.latchkey.token;

import dev.latchkey.scope.ScopeSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token says that one of our keys has signed. Nothing else about it is decided: it may be another issuer's,
 * expired or revoked.
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}
 * @param clientId {@code client_id}
 * @param audience {@code aud}
 * @param issuedAt {@code iat}
 * @param expiresAt {@code exp}
 * @param notBefore {@code nbf}; null = not said
 * @param tokenId {@code jti}
 * @param scope {@code scope}
 * @param json all claims, as they were signed
 */
public record SignedClaims(
        String issuer,
        String subject,
        String clientId,
        List<String> audience,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable Instant notBefore,
        String tokenId,
        ScopeSet scope,
        String json) {
    public SignedClaims {
        audience = List.copyOf(audience);
    }
}
