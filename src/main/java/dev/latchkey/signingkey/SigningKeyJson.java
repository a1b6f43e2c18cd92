package dev.latchkey.signingkey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A signing key as JSON: the field names and their order that the API and {@code --json} share. */
public record SigningKeyJson(
        String kid,
        String state,
        String algorithm,
        int bits,
        Instant createdAt,
        Instant publishedAt,
        @Nullable Instant activatedAt,
        @Nullable Instant retiredAt,
        @Nullable Instant publishedUntil) {
    public static SigningKeyJson of(SigningKey key) {
        return new SigningKeyJson(
                key.kid(),
                key.state().publicName(),
                key.jwk().algorithm().publicName(),
                key.jwk().bits(),
                key.createdAt(),
                key.publishedAt(),
                key.activatedAt(),
                key.retiredAt(),
                key.publishedUntil());
    }
}
