package dev.latchkey.sql;

import dev.latchkey.json.RowsText;
import dev.latchkey.sql.database.Dialect;
import dev.latchkey.sql.row.Statements;
import dev.latchkey.sql.row.Statements.Repeated;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that write when something was last used, in the form in which each database takes many rows at the least
 * cost: SQLite one by one, since its {@code UPDATE … FROM} goes by way of a temporary table (47 instead of 20 µs a key,
 * 2026-11-30); PostgreSQL as a JSON array, since to send a row by itself and read the answer takes 10 µs of this process, and
 * 1.5 in an array (the same day).
 *
 * @param key takes the id of a key and when it got a token, which may be null
 * @param secret takes the id of a key, a secret's hash and when that was used
 * @param scope takes the id of a key, a scope, and when that was asked for and demanded, either of which may be null
 * @param takesAllRows whether they take an array of rows; else the values of one row
 */
record UseStatements(String key, String secret, String scope, boolean takesAllRows) {
    private static final String INSERT_SCOPE =
            "INSERT INTO access_key_scope_uses (key_id, scope, asked_at, demanded_at) SELECT id, ";

    /** Only a scope that the key has: it may have lost it meanwhile, and in a stand-in one key gets any. */
    private static final String HAS_SCOPE =
            "(? = '' OR replace(' ' || scopes || ' ', ' ' || ? || ' ', '') <> ' ' || scopes || ' ')";

    private static final String OR_UPDATE_SCOPE = " ON CONFLICT (key_id, scope) DO UPDATE SET asked_at = "
            + later("asked_at") + ", demanded_at = " + later("demanded_at");

    private static final String FROM_ARRAY = " FROM jsonb_array_elements(CAST(? AS jsonb))";

    private static final UseStatements ONE_BY_ONE = new UseStatements(
            "UPDATE access_keys SET last_used_at = ?2 WHERE id = ?1 AND ?2 > coalesce(last_used_at, -1)",
            "UPDATE access_key_secrets SET last_used_at = ?3 WHERE key_id = ?1 AND hash = ?2"
                    + " AND ?3 > coalesce(last_used_at, -1)",
            INSERT_SCOPE + "?2, ?3, ?4 FROM access_keys WHERE id = ?1 AND " + HAS_SCOPE.replace("?", "?2")
                    + OR_UPDATE_SCOPE,
            false);

    /**
     * The first takes the locks of all keys, by id, before those of secrets and scopes, as every other change of a key does:
     * two processes that write at once do not wait for each other in a circle.
     */
    private static final UseStatements ALL_AT_ONCE = new UseStatements(
            "UPDATE access_keys SET last_used_at = u.at FROM (SELECT k.id AS key_id, r.at FROM"
                    + " (SELECT value ->> 0 AS key_id, CAST(value ->> 1 AS BIGINT) AS at" + FROM_ARRAY + ") r"
                    + " JOIN access_keys k ON k.id = r.key_id ORDER BY k.id FOR NO KEY UPDATE OF k) u"
                    + " WHERE id = u.key_id AND u.at > coalesce(last_used_at, -1)",
            "UPDATE access_key_secrets s SET last_used_at = u.at FROM (SELECT value ->> 0 AS key_id,"
                    + " value ->> 1 AS hash, CAST(value ->> 2 AS BIGINT) AS at" + FROM_ARRAY + ") u"
                    + " WHERE s.key_id = u.key_id AND s.hash = u.hash AND u.at > coalesce(last_used_at, -1)",
            INSERT_SCOPE + "scope, asked_at, demanded_at FROM (SELECT value ->> 0 AS key_id, value ->> 1 AS scope,"
                    + " CAST(value ->> 2 AS BIGINT) AS asked_at, CAST(value ->> 3 AS BIGINT) AS demanded_at"
                    + FROM_ARRAY + ") u JOIN access_keys ON id = u.key_id WHERE " + HAS_SCOPE.replace("?", "scope")
                    + OR_UPDATE_SCOPE,
            true);

    static UseStatements of(Dialect dialect) {
        return dialect.traits().isAcrossNetwork() ? ALL_AT_ONCE : ONE_BY_ONE;
    }

    private static String later(String column) {
        return "CASE WHEN coalesce(excluded." + column + ", -1) > coalesce(access_key_scope_uses." + column
                + ", -1) THEN excluded." + column + " ELSE access_key_scope_uses." + column + " END";
    }

    /** Runs one of them for these rows. */
    void run(Connection connection, String statement, List<List<@Nullable Object>> rows) throws SQLException {
        if (takesAllRows) {
            Statements.update(connection, statement, RowsText.of(rows));
            return;
        }
        try (Repeated each = new Repeated(connection, statement)) {
            for (List<@Nullable Object> row : rows) {
                each.add(row.toArray());
            }
            each.run();
        }
    }
}
