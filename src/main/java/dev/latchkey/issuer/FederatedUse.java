package dev.latchkey.issuer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of the tokens of one subject that a key trusts.
 *
 * @param issuer the name of the trusted issuer
 * @param subject the {@code sub}
 * @param lastUsedAt when the key last proved itself by such a token; null = never
 * @param lastRefusedAt when one that its issuer had signed was last refused; null = never
 * @param lastRefusal which rule refused it
 */
public record FederatedUse(
        String issuer,
        String subject,
        @Nullable Instant lastUsedAt,
        @Nullable Instant lastRefusedAt,
        @Nullable String lastRefusal) {}
