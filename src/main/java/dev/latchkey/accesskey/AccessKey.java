package dev.latchkey.accesskey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An access key: an OAuth 2.0 confidential client (RFC 6749 §2.1). Immutable; holds no secret, only hashes.
 *
 * @param id the client id
 * @param settings what people choose
 * @param secrets oldest first; two while a rotation is under way, none for a key that proves itself by its JWKs
 * @param createdAt cut to seconds
 * @param createdBy the label of the actor who created it
 * @param updatedAt when the settings or the secrets last changed
 * @param lastUsedAt when it last got a token; null = never; may lag
 * @param revision grows with each change of settings or secrets; what an ETag is made of
 */
public record AccessKey(
        String id,
        AccessKeySettings settings,
        List<StoredSecret> secrets,
        Instant createdAt,
        String createdBy,
        Instant updatedAt,
        @Nullable Instant lastUsedAt,
        long revision) {
    public AccessKey {
        secrets = List.copyOf(secrets);
    }

    /** The same key with other settings and secrets, one revision on. */
    public AccessKey changed(AccessKeySettings newSettings, List<StoredSecret> newSecrets, Instant now) {
        return new AccessKey(id, newSettings, newSecrets, createdAt, createdBy, now, lastUsedAt, revision + 1);
    }

    /** The secret that the last rotation has left beside the new one, whether it still works or not. */
    public Optional<StoredSecret> oldSecret() {
        return secrets.size() < 2 ? Optional.empty() : Optional.of(secrets.get(0));
    }

    /** The expiry itself is too late: a key that expires at 12:00:00 works at 11:59:59 and not at 12:00:00. */
    public boolean isExpired(Instant now) {
        Instant expiresAt = settings.expiresAt();
        return expiresAt != null && !now.isBefore(expiresAt);
    }
}
