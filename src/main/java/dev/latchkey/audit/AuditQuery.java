package dev.latchkey.audit;

import dev.latchkey.error.ServiceException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A page of at most 500 events, newest first, that were written before the one of this number; null = from the newest. */
public record AuditQuery(int limit, @Nullable Long before, Filter filter) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 500;

    /**
     * What narrows a list of events; all of it holds together, and null = all.
     *
     * @param subject only events on this: a scope, a user, or an access key by its id or a name that it has or had
     * @param key as {@code subject}, and only events on access keys
     * @param actor only events by who has this name, this id, or this name of a key
     * @param action only events whose action is this, or begins with this and a dot ({@code key} finds {@code key.edit})
     * @param since only events of this moment and later
     */
    public record Filter(
            @Nullable String subject,
            @Nullable String key,
            @Nullable String actor,
            @Nullable String action,
            @Nullable Instant since) {
        public static final Filter NONE = new Filter(null, null, null, null, null);
    }

    public AuditQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ServiceException.invalid("limit", "must be 1 to " + MAX_LIMIT);
        }
    }
}
