package dev.latchkey.accesskey;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A secret as it is kept: never the secret itself.
 *
 * @param hash what a presented secret is compared with
 * @param hint its last four characters, so that people can tell secrets apart; null = only its hash was ever given
 * @param createdAt cut to seconds
 * @param expiresAt the first moment at which it no longer works; null = never
 * @param lastUsedAt null = never; may lag
 */
public record StoredSecret(
        SecretHash hash,
        @Nullable String hint,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    /** What people tell it apart by: its last characters where they are known. */
    public String shown() {
        return hint == null ? "…(no hint)" : "…" + hint;
    }

    /** The expiry itself is too late: a secret that expires at 12:00:00 works at 11:59:59 and not at 12:00:00. */
    public boolean isLive(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /**
     * The secrets after a rotation: the newest of those that live, until {@code grace} is over or it would have ended
     * anyway, and the new one. Every other one is dropped, live or not.
     */
    static List<StoredSecret> rotate(List<StoredSecret> secrets, AccessKeySecret fresh, Instant now, Duration grace) {
        List<StoredSecret> result = new ArrayList<>();
        StoredSecret newest = newestLive(secrets, now);
        if (newest != null && !grace.isZero()) {
            Instant end = earlier(now.plus(grace), newest.expiresAt());
            result.add(new StoredSecret(newest.hash(), newest.hint(), newest.createdAt(), end, newest.lastUsedAt()));
        }
        result.add(new StoredSecret(fresh.hash(), fresh.hint(), now, null, null));
        return result;
    }

    private static @Nullable StoredSecret newestLive(List<StoredSecret> secrets, Instant now) {
        @Nullable StoredSecret newest = null;
        for (StoredSecret secret : secrets) {
            if (secret.isLive(now)) {
                newest = secret;
            }
        }
        return newest;
    }

    private static Instant earlier(Instant one, @Nullable Instant other) {
        return other != null && other.isBefore(one) ? other : one;
    }
}
