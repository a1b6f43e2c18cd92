package dev.latchkey.audit;

import dev.latchkey.error.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * Which page of the audit log.
 *
 * @param limit how many at the most, 1 to 500
 * @param before only events that were written before the one with this number; null = from the newest
 * @param subject only events on this; null = all
 * @param action only events whose action is this, or begins with this and a dot ({@code key} finds {@code key.edit});
 *     null = all
 */
public record AuditQuery(
        int limit,
        @Nullable Long before,
        @Nullable String subject,
        @Nullable String action) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 500;

    public AuditQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ServiceException.invalid("limit", "must be 1 to " + MAX_LIMIT);
        }
    }
}
