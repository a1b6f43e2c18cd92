package dev.latchkey.accesskey.statistics;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All access keys at one time.
 *
 * @param active how many get tokens
 * @param disabled how many are switched off, expired or not
 * @param expired how many have expired and are not switched off
 * @param expiring those that are active and expire soon, the first to expire first; so many at most
 * @param replaced secrets that a newer one of the same key is to replace and that still work, the first to end first; so
 *     many at most
 */
public record KeyStatistics(
        long active, long disabled, long expired, List<ExpiringKey> expiring, List<ReplacedSecret> replaced) {
    public KeyStatistics {
        expiring = List.copyOf(expiring);
        replaced = List.copyOf(replaced);
    }

    /** A key and the first moment at which it no longer works. */
    public record ExpiringKey(String keyId, Instant expiresAt) {}

    /** A key whose older secret still works; {@code lastUsedAt} is null when that was never used. */
    public record ReplacedSecret(String keyId, @Nullable Instant lastUsedAt) {}
}
