package dev.latchkey.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * @param id {@code jti}; null = not said
 * @param algorithm {@code alg} of the header
 * @param all every claim, as JSON has it
 */
public record AssertionClaims(
        String issuer,
        String subject,
        List<String> audience,
        Instant expiresAt,
        @Nullable Instant notBefore,
        @Nullable Instant issuedAt,
        @Nullable String id,
        String algorithm,
        Map<String, Object> all) {
    public AssertionClaims {
        audience = List.copyOf(audience);
    }
}
