package dev.latchkey.accesskey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret as it is kept: never the secret itself.
 *
 * @param hash what a presented secret is compared with
 * @param hint its last four characters, so that people can tell secrets apart
 * @param createdAt cut to seconds
 * @param expiresAt the first moment at which it no longer works; null = never
 * @param lastUsedAt null = never; may lag
 */
public record StoredSecret(
        SecretHash hash,
        String hint,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    /** The expiry itself is too late: a secret that expires at 12:00:00 works at 11:59:59 and not at 12:00:00. */
    public boolean isLive(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }
}
