package dev.latchkey.accesskey;

import dev.latchkey.error.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which page of the list of keys.
 *
 * @param limit 1 to 100
 * @param after where the page before ended; null = the beginning
 */
public record AccessKeyQuery(int limit, @Nullable AccessKeyCursor after, Filter filter, Order order) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 100;

    /** The longest text, in UTF-16 units: a name has no more characters. */
    public static final int MAX_TEXT = 400;

    /** The longest time that a filter may look back or ahead. */
    public static final Duration MAX_PERIOD = Duration.ofDays(36_500);

    public AccessKeyQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ServiceException.invalid("limit", "must be 1 to " + MAX_LIMIT);
        }
        if (after != null && !after.order().equals(order)) {
            throw ServiceException.invalid("cursor", "is of a list in another order; leave sort as it was");
        }
    }

    /** The keys that a text and a state select, newest first. */
    public static AccessKeyQuery newest(
            int limit, @Nullable AccessKeyCursor after, @Nullable String text, @Nullable Boolean enabled) {
        return new AccessKeyQuery(limit, after, new Filter(text, enabled, null, null, null), Order.NEWEST_FIRST);
    }

    /**
     * Which keys are listed: those that meet each condition; null = no condition.
     *
     * @param text name, id, description or scopes contain this, letters of either case
     * @param enabled they are enabled, or are not
     * @param expiring they have not expired, and will have within this time
     * @param unused they were not used for this time: last used at least so long ago, or made so long ago and never used
     * @param oldSecret they have a secret that a rotation has left and that still works, or have none
     */
    public record Filter(
            @Nullable String text,
            @Nullable Boolean enabled,
            @Nullable Duration expiring,
            @Nullable Duration unused,
            @Nullable Boolean oldSecret) {
        public static final Filter NONE = new Filter(null, null, null, null, null);

        public Filter {
            if (text != null && text.length() > MAX_TEXT) {
                throw ServiceException.invalid("q", "must be at most " + MAX_TEXT + " characters");
            }
            check("expiring", expiring);
            check("unused", unused);
        }

        private static void check(String field, @Nullable Duration period) {
            if (period != null && period.compareTo(MAX_PERIOD) > 0) {
                throw ServiceException.invalid(field, "must be at most " + MAX_PERIOD.toDays() + "d");
            }
        }
    }

    /** What a list is sorted by; keys that are equal in it follow their ids. */
    public enum Sort {
        CREATED,
        /** Letters of either case are one. */
        NAME,
        /** A key that was never used comes before all others. */
        LAST_USED,
        /** A key that never expires comes after all others. */
        EXPIRES;

        /** The word for it: {@code last_used}. */
        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What stands in a cursor for the place of a key. */
        String position(AccessKey key) {
            Instant used = key.lastUsedAt();
            Instant end = key.settings().expiresAt();
            return switch (this) {
                case CREATED -> seconds(key.createdAt());
                case NAME -> folded(key.settings().name());
                case LAST_USED -> seconds(used == null ? Instant.EPOCH : used);
                case EXPIRES -> seconds(end == null ? ExpiryTime.LATEST : end);
            };
        }

        private static String seconds(Instant time) {
            return Long.toString(time.getEpochSecond());
        }
    }

    /** An order of the list; descending = the greatest first, and ids in descending order too. */
    public record Order(Sort sort, boolean descending) {
        public static final Order NEWEST_FIRST = new Order(Sort.CREATED, true);

        /** Reads {@code name}, {@code last_used_at} or, the other way round, {@code -expires}; fails with INVALID. */
        public static Order parse(String text) {
            boolean descending = text.startsWith("-");
            String name = descending ? text.substring(1) : text;
            Optional<Sort> sort = Arrays.stream(Sort.values())
                    .filter(known -> name.equals(known.publicName()) || name.equals(known.publicName() + "_at"))
                    .findFirst();
            return new Order(
                    sort.orElseThrow(() -> ServiceException.invalid(
                            "sort",
                            "must be created, name, last_used or expires, with - before it for the other direction")),
                    descending);
        }

        /** What {@link #parse} reads. */
        @Override
        public String toString() {
            return (descending ? "-" : "") + sort.publicName();
        }
    }

    /** Letter by letter, as {@link String#equalsIgnoreCase} compares: what a part folds to is part of the folded whole. */
    public static String folded(String text) {
        int[] folded = text.codePoints()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .toArray();
        return new String(folded, 0, folded.length);
    }
}
