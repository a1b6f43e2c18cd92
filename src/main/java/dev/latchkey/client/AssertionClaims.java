package dev.latchkey.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an assertion says (RFC 7523 §3). Whether it may be believed is another question.
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}
 * @param audience {@code aud}, at least one
 * @param expiresAt {@code exp}
 * @param notBefore {@code nbf}; null = not said
 * @param issuedAt {@code iat}; null = not said
 * @param id {@code jti}
 */
public record AssertionClaims(
        String issuer,
        String subject,
        List<String> audience,
        Instant expiresAt,
        @Nullable Instant notBefore,
        @Nullable Instant issuedAt,
        String id) {
    public AssertionClaims {
        audience = List.copyOf(audience);
    }
}
