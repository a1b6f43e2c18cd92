package dev.latchkey.accesskey.advice;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When the scopes of a key were last used.
 *
 * @param since when the key was made or its scopes last changed
 * @param unnamedAt when it last asked for a token and named no scope, which gave it all of them; null = never
 * @param uses by scope; there is none for a scope that was never used
 */
public record ScopeHistory(Instant since, @Nullable Instant unnamedAt, Map<String, LastUse> uses) {
    /** Nothing is known to have been used. */
    static final LastUse NEVER = new LastUse(null, null);

    public ScopeHistory {
        uses = Map.copyOf(uses);
    }

    /**
     * The last use of one scope.
     *
     * @param askedAt when a token request last named it; null = never
     * @param demandedAt when a request with a token of the key was last let through where it is demanded; null = never
     */
    public record LastUse(
            @Nullable Instant askedAt, @Nullable Instant demandedAt) {
        /** The later of both uses, kind by kind. */
        public LastUse later(LastUse other) {
            return new LastUse(later(askedAt, other.askedAt), later(demandedAt, other.demandedAt));
        }

        private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            return other.isAfter(one) ? other : one;
        }

        /** Whether there was a use then or later. */
        boolean isSince(Instant time) {
            Instant last = later(askedAt, demandedAt);
            return last != null && !last.isBefore(time);
        }
    }

    LastUse of(String scope) {
        return uses.getOrDefault(scope, NEVER);
    }
}
