package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyCursor;
import dev.latchkey.accesskey.AccessKeyPage;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeyQuery.Filter;
import dev.latchkey.accesskey.AccessKeyQuery.Order;
import dev.latchkey.accesskey.AccessKeyQuery.Sort;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.sql.row.Conditions;
import dev.latchkey.sql.row.PageSize;
import dev.latchkey.sql.row.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages of access keys. A page begins where the index has the cursor, so that it costs the same wherever it lies; the
 * secrets are joined to the page alone.
 */
final class AccessKeySearch {
    private static final String LENGTH = "length(name) + length(description) + length(scopes) + length(audience)"
            + " + coalesce(length(jwks), 0) + length(claims)";

    private AccessKeySearch() {}

    /** What is kept to be searched: letters of either case are one here, for both databases alike. */
    static String textOf(AccessKey key) {
        return AccessKeyQuery.folded(String.join(
                "\n",
                key.settings().name(),
                key.id(),
                key.settings().description(),
                key.settings().scopes().toString()));
    }

    static AccessKeyPage page(Connection connection, AccessKeyQuery query, Instant now) throws SQLException {
        List<Object> values = new ArrayList<>();
        String order = orderBy("", query.order());
        String page = PageSize.bounded(rows(query, now, values), LENGTH, order);
        String select = AccessKeyRows.selectFrom(page) + " ORDER BY " + orderBy("k.", query.order()) + ", s.place";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            return page(AccessKeyRows.readAll(Statements.bound(statement, values.toArray())), query);
        }
    }

    static long count(Connection connection, Filter filter, Instant now) throws SQLException {
        Conditions conditions = conditions(filter, now);
        String count = "SELECT count(*) FROM access_keys" + conditions.where();
        return Statements.all(
                        connection,
                        count,
                        row -> row.getLong(1),
                        conditions.values().toArray())
                .get(0);
    }

    /**
     * The select of a page's rows, and one more, in any order. Behind a cursor it is that of the keys that are equal to the
     * last one in what they are sorted by, and that of those beyond: in SQLite an index on an expression serves no row
     * value.
     */
    private static String rows(AccessKeyQuery query, Instant now, List<Object> values) {
        AccessKeyCursor after = query.after();
        Order order = query.order();
        if (after == null) {
            return rows(conditions(query.filter(), now), order, query.limit(), values);
        }
        String beyond = order.descending() ? " < ?" : " > ?";
        Object position = order.sort() == Sort.NAME ? after.position() : (Object) after.seconds();
        Conditions equal = conditions(query.filter(), now);
        equal.add(column("", order.sort()) + " = ?", position);
        equal.add("id" + beyond, after.id());
        Conditions different = conditions(query.filter(), now);
        different.add(column("", order.sort()) + beyond, position);
        String both = "SELECT * FROM (" + rows(equal, order, query.limit(), values) + ") e UNION ALL SELECT * FROM ("
                + rows(different, order, query.limit(), values) + ") d";
        values.add(query.limit() + 1);
        return "SELECT * FROM (" + both + ") u ORDER BY " + orderBy("", order) + " LIMIT ?";
    }

    /** One key more than the page has tells that there is a next one. */
    private static String rows(Conditions conditions, Order order, int limit, List<Object> values) {
        values.addAll(conditions.values());
        values.add(limit + 1);
        return "SELECT * FROM access_keys" + conditions.where() + " ORDER BY " + orderBy("", order) + " LIMIT ?";
    }

    private static String orderBy(String table, Order order) {
        String direction = order.descending() ? " DESC" : "";
        return column(table, order.sort()) + direction + ", " + table + "id" + direction;
    }

    /** The expression that the index of keys.sql has. */
    private static String column(String table, Sort sort) {
        return switch (sort) {
            case CREATED -> table + "created_at";
            case NAME -> table + "name_folded";
            case LAST_USED -> "coalesce(" + table + "last_used_at, 0)";
            case EXPIRES -> "coalesce(" + table + "expires_at, 253402300799)";
        };
    }

    private static Conditions conditions(Filter filter, Instant now) {
        Conditions conditions = new Conditions();
        String text = filter.text();
        if (text != null) {
            conditions.add("search LIKE ? ESCAPE '!'", "%" + escaped(AccessKeyQuery.folded(text)) + "%");
        }
        conditions.add("enabled = ?", filter.enabled());
        Duration expiring = filter.expiring();
        if (expiring != null) {
            // The expiry itself is too late for the key, and within the time for the list.
            conditions.add(
                    column("", Sort.EXPIRES) + " > ? AND " + column("", Sort.EXPIRES) + " <= ?",
                    now,
                    now.plus(expiring));
        }
        Duration unused = filter.unused();
        if (unused != null) {
            long since = now.minus(unused).getEpochSecond();
            // The first is implied, and has an index.
            conditions.add(column("", Sort.LAST_USED) + " <= ?", Math.max(since, 0));
            conditions.add("coalesce(last_used_at, created_at) <= ?", since);
        }
        Boolean oldSecret = filter.oldSecret();
        if (oldSecret != null) {
            conditions.add(
                    oldSecret ? "old_secret_ends_at > ?" : "(old_secret_ends_at IS NULL OR old_secret_ends_at <= ?)",
                    now);
        }
        return conditions;
    }

    private static AccessKeyPage page(List<AccessKey> found, AccessKeyQuery query) {
        int size = PageSize.of(found, query.limit(), AccessKeySearch::length);
        if (found.size() == size) {
            return new AccessKeyPage(found, null);
        }
        return new AccessKeyPage(found.subList(0, size), AccessKeyCursor.behind(found.get(size - 1), query.order()));
    }

    /** No less than what the database counts. */
    private static long length(AccessKey key) {
        AccessKeySettings settings = key.settings();
        String jwks = settings.jwks();
        return (long) settings.name().length()
                + settings.description().length()
                + settings.scopes().toString().length()
                + String.join(" ", settings.audience()).length()
                + (jwks == null ? 0 : jwks.length())
                + settings.claims().json().length();
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
