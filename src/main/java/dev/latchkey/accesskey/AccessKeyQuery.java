package dev.latchkey.accesskey;

import dev.latchkey.error.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * Which page of the list of keys.
 *
 * @param limit how many at the most, 1 to 100
 * @param after where the page before ended; null = the beginning
 * @param text only keys whose name, id, description or scopes contain this, letters of either case; null = all
 * @param enabled only keys that are enabled, or that are not; null = all
 */
public record AccessKeyQuery(
        int limit,
        @Nullable AccessKeyCursor after,
        @Nullable String text,
        @Nullable Boolean enabled) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 100;

    /** The longest text, in UTF-16 units: a name has no more characters. */
    public static final int MAX_TEXT = 400;

    public AccessKeyQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ServiceException.invalid("limit", "must be 1 to " + MAX_LIMIT);
        }
        if (text != null && text.length() > MAX_TEXT) {
            throw ServiceException.invalid("q", "must be at most " + MAX_TEXT + " characters");
        }
    }
}
