package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKeyStore.Use;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.advice.ScopeHistory;
import dev.latchkey.accesskey.advice.ScopeHistory.LastUse;
import dev.latchkey.sql.database.Dialect;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Statements;
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
