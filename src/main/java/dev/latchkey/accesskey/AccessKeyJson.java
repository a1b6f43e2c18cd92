package dev.latchkey.accesskey;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.json.JsonBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access key as JSON: the field names and their order that the API, {@code --json} and the audit log share. It never
 * holds a hash of a secret.
 *
 * @param secret the secret of a new key or of a rotation, the one place where a secret is written; null = no such field
 */
public record AccessKeyJson(
        String id,
        @JsonUnwrapped Chosen chosen,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        List<Secret> secrets,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {
    /** What people choose, its end apart. */
    public record Chosen(
            String name,
            String description,
            List<String> scopes,
            boolean enabled,
            @Nullable Long tokenLifetime,
            List<String> audience,
            @Nullable JsonNode jwks,
            JsonNode claims,
            JsonNode federated) {
        static Chosen of(AccessKeySettings settings) {
            Duration lifetime = settings.tokenLifetime();
            String jwks = settings.jwks();
            return new Chosen(
                    settings.name(),
                    settings.description(),
                    settings.scopes().tokens(),
                    settings.enabled(),
                    lifetime == null ? null : lifetime.toSeconds(),
                    settings.audience(),
                    jwks == null ? null : JsonBinding.stored(jwks),
                    settings.claims().tree(),
                    settings.federated().tree());
        }
    }

    /** What may be told of a secret. */
    public record Secret(
            @Nullable String hint,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {
        static Secret of(StoredSecret secret) {
            return new Secret(secret.hint(), secret.createdAt(), secret.expiresAt(), secret.lastUsedAt());
        }
    }

    public static AccessKeyJson of(AccessKey key) {
        return of(key, null);
    }

    /** A key with its new secret. */
    public static AccessKeyJson of(NewAccessKey created) {
        return of(created.key(), created.secret().reveal());
    }

    private static AccessKeyJson of(AccessKey key, @Nullable String secret) {
        return new AccessKeyJson(
                key.id(),
                Chosen.of(key.settings()),
                key.createdAt(),
                key.createdBy(),
                key.updatedAt(),
                key.settings().expiresAt(),
                key.lastUsedAt(),
                key.secrets().stream().map(Secret::of).toList(),
                secret);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "AccessKeyJson[" + id + "]";
    }
}
