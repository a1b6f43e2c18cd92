package dev.latchkey.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows now that decides whether a token counts.
 *
 * @param keyEnabled whether its access key is switched on
 * @param keyExpiresAt the first moment at which its access key no longer works; null = never
 * @param lastDeletedAt when a key of the same id was last deleted, cut to seconds; null = not within the life of a token
 * @param revoked whether it was revoked
 */
public record TokenStanding(
        boolean keyEnabled,
        @Nullable Instant keyExpiresAt,
        @Nullable Instant lastDeletedAt,
        boolean revoked) {
    /** The expiry itself is too late: a key that expires at 12:00:00 works at 11:59:59 and not at 12:00:00. */
    boolean isKeyExpired(Instant now) {
        return keyExpiresAt != null && !now.isBefore(keyExpiresAt);
    }

    /** Whether the token is of a key that is gone; one issued in the very second of the deletion counts as older. */
    boolean isOfDeletedKey(Instant issuedAt) {
        return lastDeletedAt != null && !issuedAt.isAfter(lastDeletedAt);
    }
}
