package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.Scope;
import dev.latchkey.accesskey.ScopeSet;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Access keys in three tables: the keys, their secrets, and the scopes that hold the catalogue's in place. */
final class SqlAccessKeyStore implements AccessKeyStore {
    private static final String FIND = AccessKeyRows.SELECT + " WHERE k.id = ? ORDER BY s.place";
    private static final String ALL = AccessKeyRows.SELECT + " ORDER BY k.created_at DESC, k.id DESC, s.place";
    private static final String INSERT = "INSERT INTO access_keys (id, name, description, scopes, enabled,"
            + " token_lifetime, audience, jwks, claims, created_at, created_by, updated_at, expires_at, last_used_at,"
            + " revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_SECRET = "INSERT INTO access_key_secrets"
            + " (key_id, place, hash, hint, created_at, expires_at, last_used_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String INSERT_SCOPE = "INSERT INTO access_key_scopes (key_id, scope) VALUES (?, ?)";

    private final Database database;

    SqlAccessKeyStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<AccessKey> find(String id) {
        if (!Column.canHold(id)) {
            return Optional.empty();
        }
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(FIND)) {
                select.setString(1, id);
                try (ResultSet result = select.executeQuery()) {
                    AccessKeyRows rows = new AccessKeyRows(result);
                    return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<AccessKey> all() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(ALL);
                    ResultSet result = select.executeQuery()) {
                List<AccessKey> keys = new ArrayList<>();
                AccessKeyRows rows = new AccessKeyRows(result);
                while (rows.hasNext()) {
                    keys.add(rows.next());
                }
                return List.copyOf(keys);
            }
        });
    }

    @Override
    public void insert(AccessKey key, List<Scope> unlistedScopes, List<AuditEvent> events) {
        database.change(connection -> {
            Set<String> there = SqlScopeStore.insertMissing(connection, unlistedScopes);
            insertKey(connection, key);
            insertSecrets(connection, key);
            insertScopes(connection, key);
            AuditLog.append(
                    connection,
                    events.stream().filter(event -> happened(event, there)).toList());
        });
    }

    /** A scope that another call has added in the meantime was not added by this one. */
    private static boolean happened(AuditEvent event, Set<String> scopesThere) {
        return !(event.action().equals("scope.add") && scopesThere.contains(event.subject()));
    }

    private void insertKey(Connection connection, AccessKey key) throws SQLException {
        AccessKeySettings settings = key.settings();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, key.id());
            insert.setString(2, settings.name());
            insert.setString(3, settings.description());
            insert.setString(4, settings.scopes().toString());
            Column.set(insert, 5, settings.enabled());
            Column.set(insert, 6, settings.tokenLifetime());
            insert.setString(7, String.join(" ", settings.audience()));
            insert.setString(8, settings.jwks());
            insert.setString(9, settings.claims().json());
            Column.set(insert, 10, key.createdAt());
            insert.setString(11, key.createdBy());
            Column.set(insert, 12, key.updatedAt());
            Column.set(insert, 13, settings.expiresAt());
            Column.set(insert, 14, key.lastUsedAt());
            insert.setLong(15, key.revision());
            insert.executeUpdate();
        } catch (SQLException e) {
            if (database.dialect().isDuplicate(e)) {
                throw LatchkeyException.of(ErrorKind.CONFLICT, "There is an access key with this id already.", e);
            }
            throw e;
        }
    }

    private static void insertSecrets(Connection connection, AccessKey key) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_SECRET)) {
            int place = 1;
            for (StoredSecret secret : key.secrets()) {
                insert.setString(1, key.id());
                insert.setLong(2, place++);
                insert.setString(3, secret.hash().encoded());
                insert.setString(4, secret.hint());
                Column.set(insert, 5, secret.createdAt());
                Column.set(insert, 6, secret.expiresAt());
                Column.set(insert, 7, secret.lastUsedAt());
                insert.executeUpdate();
            }
        }
    }

    private void insertScopes(Connection connection, AccessKey key) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_SCOPE)) {
            for (String scope : key.settings().scopes().tokens()) {
                if (!ScopeSet.isReserved(scope)) {
                    insertScope(insert, key.id(), scope);
                }
            }
        }
    }

    private void insertScope(PreparedStatement insert, String keyId, String scope) throws SQLException {
        try {
            insert.setString(1, keyId);
            insert.setString(2, scope);
            insert.executeUpdate();
        } catch (SQLException e) {
            if (database.dialect().isReference(e)) {
                throw LatchkeyException.invalid(
                        "scopes", "holds \"" + scope + "\", which is not in the catalogue; add it there first");
            }
            throw e;
        }
    }
}
