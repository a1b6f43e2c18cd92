package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKeyStore.Use;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.advice.ScopeHistory;
import dev.latchkey.accesskey.advice.ScopeHistory.LastUse;
import dev.latchkey.json.RowsText;
import dev.latchkey.sql.database.Dialect;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
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

    /** What a row of {@link RowsText} holds, by its place. */
    private static final String ID = "value ->> 0";

    private static final String TEXT = "value ->> 1";
    private static final String AT = "CAST(value ->> 2 AS BIGINT)";
    private static final String DEMANDED_AT = "CAST(value ->> 3 AS BIGINT)";

    private static final String HISTORIES = "SELECT k.id, k.scopes_since, u.scope, u.asked_at, u.demanded_at"
            + " FROM access_keys k LEFT JOIN access_key_scope_uses u ON u.key_id = k.id WHERE k.id IN ";

    private final String key;
    private final String secret;
    private final String scope;

    AccessKeyUseRows(Dialect dialect) {
        String rows = " FROM " + dialect.traits().jsonElements();
        key =
                "UPDATE access_keys SET last_used_at = u.used_at FROM (SELECT k.id AS used_id, r.at AS used_at FROM (SELECT "
                        + ID + " AS id, " + AT + " AS at" + rows + ") r JOIN access_keys k ON k.id = r.id ORDER BY k.id"
                        + dialect.traits().lockForUpdate() + ") u"
                        + " WHERE id = u.used_id AND (last_used_at IS NULL OR last_used_at < u.used_at)";
        secret = "UPDATE access_key_secrets SET last_used_at = u.at FROM (SELECT " + ID + " AS id, " + TEXT
                + " AS used, " + AT + " AS at" + rows + ") u"
                + " WHERE key_id = u.id AND hash = u.used AND (last_used_at IS NULL OR last_used_at < u.at)";
        // Only a scope that the key has: it may have lost it meanwhile, and in a stand-in one key gets any.
        scope = "INSERT INTO access_key_scope_uses (key_id, scope, asked_at, demanded_at)"
                + " SELECT k.id, u.used, u.asked_at, u.demanded_at FROM (SELECT " + ID + " AS id, " + TEXT
                + " AS used, "
                + AT + " AS asked_at, " + DEMANDED_AT + " AS demanded_at" + rows + ") u"
                + " JOIN access_keys k ON k.id = u.id WHERE u.used = ''"
                + " OR replace(' ' || k.scopes || ' ', ' ' || u.used || ' ', '') <> ' ' || k.scopes || ' '"
                + " ON CONFLICT (key_id, scope) DO UPDATE SET asked_at = " + later("asked_at") + ", demanded_at = "
                + later("demanded_at");
    }

    private static String later(String column) {
        return "CASE WHEN coalesce(excluded." + column + ", -1) > coalesce(access_key_scope_uses." + column
                + ", -1) THEN excluded." + column + " ELSE access_key_scope_uses." + column + " END";
    }

    /**
     * Writes uses by three statements, however many they are. The first takes the locks of all their keys' rows, by id, before
     * those of secrets and scopes, as every other change of a key does: two processes that write at once do not wait for each
     * other in a circle.
     */
    void write(Connection connection, Collection<Use> uses) throws SQLException {
        TreeMap<String, Uses> byKey = new TreeMap<>();
        uses.forEach(use -> byKey.computeIfAbsent(use.keyId(), id -> new Uses()).add(use));
        RowsText keys = new RowsText();
        RowsText secrets = new RowsText();
        RowsText scopes = new RowsText();
        byKey.forEach((id, ofKey) -> {
            keys.add(id, null, ofKey.tokenAt);
            ofKey.secrets.forEach((hash, at) -> secrets.add(id, hash.encoded(), at));
            ofKey.scopes.forEach((name, last) -> scopes.add(id, name, last.askedAt(), last.demandedAt()));
        });
        Statements.update(connection, key, keys.json());
        Statements.update(connection, secret, secrets.json());
        Statements.update(connection, scope, scopes.json());
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
