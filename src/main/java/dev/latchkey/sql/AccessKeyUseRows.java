package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKeyStore.Use;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.advice.ScopeHistory;
import dev.latchkey.accesskey.advice.ScopeHistory.LastUse;
import dev.latchkey.json.RowsText;
import dev.latchkey.sql.database.Dialect;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Statements;
import dev.latchkey.sql.row.Statements.Repeated;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** When keys, secrets and scopes were last used. */
final class AccessKeyUseRows {
    /** The row with the scope '' tells of tokens that were asked for without naming a scope. */
    private static final String UNNAMED = "";

    private static final String HISTORIES = "SELECT k.id, k.scopes_since, u.scope, u.asked_at, u.demanded_at"
            + " FROM access_keys k LEFT JOIN access_key_scope_uses u ON u.key_id = k.id WHERE k.id IN ";

    private AccessKeyUseRows() {}

    /** Writes when the keys of these uses, their secrets and their scopes were last used. */
    static void write(Connection connection, Dialect dialect, Collection<Use> uses) throws SQLException {
        TreeMap<String, Uses> byKey = new TreeMap<>();
        uses.forEach(use -> byKey.computeIfAbsent(use.keyId(), id -> new Uses()).add(use));
        List<List<@Nullable Object>> keys = new ArrayList<>();
        List<List<@Nullable Object>> secrets = new ArrayList<>();
        List<List<@Nullable Object>> scopes = new ArrayList<>();
        byKey.forEach((id, ofKey) -> {
            keys.add(Arrays.asList(id, ofKey.tokenAt));
            ofKey.secrets.forEach((hash, at) -> secrets.add(Arrays.asList(id, hash.encoded(), at)));
            ofKey.scopes.forEach(
                    (scope, last) -> scopes.add(Arrays.asList(id, scope, last.askedAt(), last.demandedAt())));
        });
        UseStatements statements = UseStatements.of(dialect);
        statements.run(connection, statements.key(), keys);
        statements.run(connection, statements.secret(), secrets);
        statements.run(connection, statements.scope(), scopes);
    }

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
    private record UseStatements(String key, String secret, String scope, boolean takesAllRows) {
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

    /** What one key was used for. */
    private static final class Uses {
        private @Nullable Instant tokenAt;
        private final Map<SecretHash, Instant> secrets = new HashMap<>();
        private final Map<String, LastUse> scopes = new TreeMap<>();

        void add(Use use) {
            boolean token = use.kind() == Use.Kind.TOKEN;
            if (token) {
                tokenAt = later(tokenAt, use.at());
            }
            SecretHash secret = use.secret();
            if (secret != null) {
                secrets.merge(secret, use.at(), Uses::later);
            }
            LastUse last = token ? new LastUse(use.at(), null) : new LastUse(null, use.at());
            List<String> names =
                    use.scopes().isEmpty() ? List.of(UNNAMED) : use.scopes().tokens();
            names.forEach(name -> scopes.merge(name, last, LastUse::later));
        }

        private static Instant later(@Nullable Instant one, Instant other) {
            return one == null || other.isAfter(one) ? other : one;
        }
    }

    /** The histories of these keys, by their ids. */
    static Map<String, ScopeHistory> histories(Connection connection, Collection<String> ids) throws SQLException {
        Map<String, Instant> since = new HashMap<>();
        Map<String, Map<String, LastUse>> uses = new HashMap<>();
        Statements.Row<String> note = row -> {
            String id = row.getString(1);
            since.put(id, Column.time(row, 2));
            Map<String, LastUse> ofKey = uses.computeIfAbsent(id, unused -> new HashMap<>());
            @Nullable String scope = row.getString(3);
            if (scope != null) {
                ofKey.put(scope, new LastUse(Column.timeOrNull(row, 4), Column.timeOrNull(row, 5)));
            }
            return id;
        };
        List<String> unused = Statements.allOf(connection, HISTORIES, ids, "", select -> Statements.all(select, note));
        Map<String, ScopeHistory> histories = new HashMap<>();
        uses.forEach((id, ofKey) -> {
            LastUse unnamed = ofKey.remove(UNNAMED);
            Instant at = unnamed == null ? null : unnamed.askedAt();
            histories.put(id, new ScopeHistory(since.getOrDefault(id, Instant.EPOCH), at, ofKey));
        });
        return histories;
    }
}
