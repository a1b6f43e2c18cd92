package dev.latchkey.accesskey;

import dev.latchkey.json.Json;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access key as JSON: the field names and their order that the API, {@code --json} and the audit log share. It never
 * holds a secret or a hash of one.
 */
public final class AccessKeyJson {
    private AccessKeyJson() {}

    /** Writes all public fields of a key into the open object. */
    public static void write(JsonWriter out, AccessKey key) {
        out.field("id", key.id());
        writeChosen(out, key.settings());
        out.field("created_at", key.createdAt())
                .field("created_by", key.createdBy())
                .field("updated_at", key.updatedAt())
                .field("expires_at", key.settings().expiresAt())
                .field("last_used_at", key.lastUsedAt())
                .arrayField(
                        "secrets",
                        key.secrets(),
                        (array, secret) -> array.startObject()
                                .fields(fields -> writeSecret(fields, secret))
                                .endObject());
    }

    /** Writes a new key with its secret, the one place where a secret is written. */
    public static void write(JsonWriter out, NewAccessKey created) {
        write(out, created.key());
        out.field("secret", created.secret().reveal());
    }

    /** The settings as one JSON object, for the audit log. */
    static String settingsText(AccessKeySettings settings) {
        byte[] json = JsonWriter.object(out -> {
            writeChosen(out, settings);
            out.field("expires_at", settings.expiresAt());
        });
        return new String(json, StandardCharsets.UTF_8);
    }

    /** The secrets as JSON without the secrets, for the audit log. */
    static String secretsText(List<StoredSecret> secrets) {
        byte[] json = JsonWriter.object(out -> writeSecrets(out, secrets));
        return new String(json, StandardCharsets.UTF_8);
    }

    private static void writeChosen(JsonWriter out, AccessKeySettings settings) {
        out.field("name", settings.name())
                .field("description", settings.description())
                .arrayField("scopes", settings.scopes().tokens(), JsonWriter::value)
                .field("enabled", settings.enabled())
                .fieldOf("token_lifetime", seconds(settings.tokenLifetime()))
                .arrayField("audience", settings.audience(), JsonWriter::value)
                .fieldOf("jwks", plain(settings.jwks()))
                .fieldOf("claims", settings.claims().toMap());
    }

    private static void writeSecrets(JsonWriter out, List<StoredSecret> secrets) {
        out.arrayField(
                "secrets",
                secrets,
                (array, secret) -> array.startObject()
                        .fields(fields -> writeSecret(fields, secret))
                        .endObject());
    }

    private static void writeSecret(JsonWriter out, StoredSecret secret) {
        out.field("hint", secret.hint())
                .field("created_at", secret.createdAt())
                .field("expires_at", secret.expiresAt())
                .field("last_used_at", secret.lastUsedAt());
    }

    private static @Nullable Object plain(@Nullable String json) {
        try {
            return json == null ? null : Json.parseObject(json);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("a stored JWK Set is not JSON", e);
        }
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }
}
