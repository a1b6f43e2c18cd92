package dev.latchkey.sql;

import static dev.latchkey.sql.row.Statements.orNull;

import dev.latchkey.accesskey.AccessKeyStore.Use;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.advice.ScopeHistory;
import dev.latchkey.accesskey.advice.ScopeHistory.LastUse;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Statements;
import dev.latchkey.sql.row.Statements.Repeated;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** When keys, secrets and scopes were last used. */
final class AccessKeyUseRows {
    /**
     * Takes the lock of the key's row in any case, before those of secrets and scopes, as every other change of a key does.
     */
    private static final String KEY = "UPDATE access_keys SET last_used_at ="
            + " CASE WHEN ? > coalesce(last_used_at, -1) THEN ? ELSE last_used_at END WHERE id = ?";

    /** In the place of a time where the key got no token. */
    private static final Instant NO_TOKEN = Instant.ofEpochSecond(-1);

    private static final String SECRET = "UPDATE access_key_secrets SET last_used_at = ?"
            + " WHERE key_id = ? AND hash = ? AND (last_used_at IS NULL OR last_used_at < ?)";

    /** The row with the scope '' tells of tokens that were asked for without naming a scope. */
    private static final String UNNAMED = "";

    /** Only a scope that the key has: it may have lost it meanwhile, and in a stand-in one key gets any. */
    private static final String SCOPE = "INSERT INTO access_key_scope_uses (key_id, scope, asked_at, demanded_at)"
            + " SELECT id, ?, ?, ? FROM access_keys WHERE id = ?"
            + " AND (? = '' OR replace(' ' || scopes || ' ', ' ' || ? || ' ', '') <> ' ' || scopes || ' ')"
            + " ON CONFLICT (key_id, scope) DO UPDATE SET asked_at = " + later("asked_at") + ", demanded_at = "
            + later("demanded_at");

    private static final String HISTORIES = "SELECT k.id, k.scopes_since, u.scope, u.asked_at, u.demanded_at"
            + " FROM access_keys k LEFT JOIN access_key_scope_uses u ON u.key_id = k.id WHERE k.id IN ";

    private AccessKeyUseRows() {}

    private static String later(String column) {
        return "CASE WHEN coalesce(excluded." + column + ", -1) > coalesce(access_key_scope_uses." + column
                + ", -1) THEN excluded." + column + " ELSE access_key_scope_uses." + column + " END";
    }

    static void write(Connection connection, Collection<Use> uses) throws SQLException {
        // By id everywhere: two processes that write at once must not wait for each other in a circle.
        List<Use> ordered =
                uses.stream().sorted(Comparator.comparing(Use::keyId)).toList();
        try (Repeated update = new Repeated(connection, KEY)) {
            for (Use use : ordered) {
                Instant at = use.kind() == Use.Kind.TOKEN ? use.at() : NO_TOKEN;
                update.add(at, at, use.keyId());
            }
            update.run();
        }
        try (Repeated update = new Repeated(connection, SECRET)) {
            for (Use use : ordered) {
                SecretHash secret = use.secret();
                if (secret != null) {
                    update.add(use.at(), use.keyId(), secret.encoded(), use.at());
                }
            }
            update.run();
        }
        writeScopes(connection, byKeyAndScope(ordered));
    }

    private static Map<String, Map<String, LastUse>> byKeyAndScope(List<Use> uses) {
        Map<String, Map<String, LastUse>> found = new TreeMap<>();
        for (Use use : uses) {
            Map<String, LastUse> ofKey = found.computeIfAbsent(use.keyId(), id -> new TreeMap<>());
            LastUse last = use.kind() == Use.Kind.TOKEN ? new LastUse(use.at(), null) : new LastUse(null, use.at());
            List<String> scopes =
                    use.scopes().isEmpty() ? List.of(UNNAMED) : use.scopes().tokens();
            scopes.forEach(scope -> ofKey.merge(scope, last, LastUse::later));
        }
        return found;
    }

    private static void writeScopes(Connection connection, Map<String, Map<String, LastUse>> uses) throws SQLException {
        try (Repeated insert = new Repeated(connection, SCOPE)) {
            for (Map.Entry<String, Map<String, LastUse>> key : uses.entrySet()) {
                for (Map.Entry<String, LastUse> use : key.getValue().entrySet()) {
                    String scope = use.getKey();
                    Object asked = orNull(use.getValue().askedAt());
                    Object demanded = orNull(use.getValue().demandedAt());
                    insert.add(scope, asked, demanded, key.getKey(), scope, scope);
                }
            }
            insert.run();
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
