package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyCursor;
import dev.latchkey.accesskey.AccessKeyPage;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeySettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages of access keys. A page begins where the index has the cursor, so that it costs the same wherever it lies; the
 * secrets are joined to the page alone.
 */
final class AccessKeySearch {
    private static final String NEWEST_FIRST = "created_at DESC, id DESC";
    private static final String LENGTH = "length(name) + length(description) + length(scopes) + length(audience)"
            + " + coalesce(length(jwks), 0) + length(claims)";
    private static final String WITH_SECRETS_IN_ORDER = " ORDER BY k.created_at DESC, k.id DESC, s.place";

    private AccessKeySearch() {}

    /** What is kept to be searched: letters of either case are one here, for both databases alike. */
    static String textOf(AccessKey key) {
        return folded(String.join(
                "\n",
                key.settings().name(),
                key.id(),
                key.settings().description(),
                key.settings().scopes().toString()));
    }

    static AccessKeyPage page(Connection connection, AccessKeyQuery query) throws SQLException {
        List<String> conditions = new ArrayList<>();
        if (query.after() != null) {
            conditions.add("(created_at, id) < (?, ?)");
        }
        if (query.text() != null) {
            conditions.add("search LIKE ? ESCAPE '!'");
        }
        if (query.enabled() != null) {
            conditions.add("enabled = ?");
        }
        String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        String rows = "SELECT * FROM access_keys" + where + " ORDER BY " + NEWEST_FIRST + " LIMIT ?";
        String page = PageSize.bounded(rows, LENGTH, NEWEST_FIRST);
        try (PreparedStatement select =
                connection.prepareStatement(AccessKeyRows.selectFrom(page) + WITH_SECRETS_IN_ORDER)) {
            set(select, query);
            return page(AccessKeyRows.readAll(select), query.limit());
        }
    }

    /** One key more than the page has tells that there is a next one. */
    private static AccessKeyPage page(List<AccessKey> found, int limit) {
        int size = PageSize.of(found, limit, AccessKeySearch::length);
        if (found.size() == size) {
            return new AccessKeyPage(found, null);
        }
        AccessKey last = found.get(size - 1);
        return new AccessKeyPage(found.subList(0, size), new AccessKeyCursor(last.createdAt(), last.id()));
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

    private static void set(PreparedStatement select, AccessKeyQuery query) throws SQLException {
        int index = 1;
        AccessKeyCursor after = query.after();
        if (after != null) {
            Column.set(select, index++, after.createdAt());
            select.setString(index++, after.id());
        }
        String text = query.text();
        if (text != null) {
            select.setString(index++, "%" + escaped(folded(text)) + "%");
        }
        Boolean enabled = query.enabled();
        if (enabled != null) {
            Column.set(select, index++, enabled);
        }
        select.setLong(index, query.limit() + 1L);
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    /** Letter by letter, as {@link String#equalsIgnoreCase} compares: what a part folds to is part of the folded whole. */
    private static String folded(String text) {
        int[] folded = text.codePoints()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .toArray();
        return new String(folded, 0, folded.length);
    }
}
