package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.ExpiryTime;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.database.Dialect;
import dev.latchkey.sql.row.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Writes access keys, any number of them with one batch for each statement. Thread-safe. */
final class AccessKeyWriter {
    /** The last parameter is the name that no other key may have; null = any key may have it. */
    private static final String INSERT = "INSERT INTO access_keys (name, description, scopes, enabled, token_lifetime,"
            + " audience, jwks, claims, updated_at, expires_at, revision, search, name_folded, old_secret_ends_at, federated,"
            + " id, created_at, created_by, last_used_at, scopes_since)"
            + " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
            + " WHERE NOT EXISTS (SELECT 1 FROM access_keys WHERE name = ?)";

    private static final String UPDATE = "UPDATE access_keys SET name = ?, description = ?, scopes = ?, enabled = ?,"
            + " token_lifetime = ?, audience = ?, jwks = ?, claims = ?, updated_at = ?, expires_at = ?, revision = ?,"
            + " search = ?, name_folded = ?, old_secret_ends_at = ?, federated = ?,"
            + " scopes_since = CASE WHEN scopes = ? THEN scopes_since ELSE ? END WHERE id = ? AND revision = ?";

    /** Secrets that have no place any more when the new ones have theirs are gone. */
    private static final String UNPLACE_SECRETS = "UPDATE access_key_secrets SET place = 0 WHERE key_id = ?";

    private static final String PLACE_SECRET = "INSERT INTO access_key_secrets"
            + " (key_id, place, hash, hint, created_at, expires_at, last_used_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (key_id, hash) DO UPDATE SET place = excluded.place, expires_at = excluded.expires_at";
    private static final String DROP_SECRETS = "DELETE FROM access_key_secrets WHERE key_id = ? AND place = 0";

    private final Dialect dialect;
    private final AccessKeyScopeRows scopes;

    AccessKeyWriter(Dialect dialect) {
        this.dialect = dialect;
        this.scopes = new AccessKeyScopeRows(dialect);
    }

    /**
     * Adds keys. Fails with CONFLICT when an id is taken, with INVALID when a scope is not in the catalogue.
     *
     * @param nameMustBeFree the ids of those whose name no other key may have; the store must be locked then
     */
    void insert(Connection connection, List<AccessKey> keys, Set<String> nameMustBeFree) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (AccessKey key : keys) {
                setSettings(insert, key);
                insert.setString(16, key.id());
                Column.set(insert, 17, key.createdAt());
                insert.setString(18, key.createdBy());
                Column.set(insert, 19, key.lastUsedAt());
                Column.set(insert, 20, key.createdAt());
                insert.setString(
                        21, nameMustBeFree.contains(key.id()) ? key.settings().name() : null);
                insert.addBatch();
            }
            if (!allDone(insert.executeBatch())) {
                throw ServiceException.of(ErrorKind.CONFLICT, "There is an access key with this name already.");
            }
        } catch (SQLException e) {
            if (dialect.isDuplicate(e)) {
                throw ServiceException.of(ErrorKind.CONFLICT, "There is an access key with this id already.", e);
            }
            throw e;
        }
        placeSecrets(connection, keys);
        scopes.place(connection, keys);
        List<AccessKey> federated = keys.stream()
                .filter(key -> !key.settings().federated().isEmpty())
                .toList();
        FederatedSubjectRows.placeSubjects(connection, federated);
    }

    /**
     * Replaces settings and secrets; keeps what was there before of the rest.
     *
     * @param expectedRevisions one for each key
     * @return whether each key was at its revision; when false, the transaction must not be kept
     */
    boolean update(Connection connection, List<AccessKey> keys, List<Long> expectedRevisions) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            for (int i = 0; i < keys.size(); i++) {
                AccessKey key = keys.get(i);
                setSettings(update, key);
                update.setString(16, key.settings().scopes().toString());
                Column.set(update, 17, key.updatedAt());
                update.setString(18, key.id());
                update.setLong(19, expectedRevisions.get(i));
                update.addBatch();
            }
            if (!allDone(update.executeBatch())) {
                return false;
            }
        }
        forEach(connection, UNPLACE_SECRETS, keys);
        placeSecrets(connection, keys);
        forEach(connection, DROP_SECRETS, keys);
        AccessKeyScopeRows.drop(connection, keys);
        scopes.place(connection, keys);
        FederatedSubjectRows.placeSubjects(connection, keys);
        return true;
    }

    /** Whether each statement of a batch changed a row. */
    static boolean allDone(int[] changedRows) {
        return Arrays.stream(changedRows).allMatch(rows -> rows != 0);
    }

    private static void setSettings(PreparedStatement statement, AccessKey key) throws SQLException {
        AccessKeySettings settings = key.settings();
        statement.setString(1, settings.name());
        statement.setString(2, settings.description());
        statement.setString(3, settings.scopes().toString());
        Column.set(statement, 4, settings.enabled());
        Column.set(statement, 5, settings.tokenLifetime());
        statement.setString(6, String.join(" ", settings.audience()));
        statement.setString(7, settings.jwks());
        statement.setString(8, settings.claims().json());
        Column.set(statement, 9, key.updatedAt());
        Column.set(statement, 10, settings.expiresAt());
        statement.setLong(11, key.revision());
        statement.setString(12, AccessKeySearch.textOf(key));
        statement.setString(13, AccessKeyQuery.folded(settings.name()));
        Column.set(
                statement,
                14,
                key.oldSecret()
                        .map(old -> Objects.requireNonNullElse(old.expiresAt(), ExpiryTime.LATEST))
                        .orElse(null));
        statement.setString(
                15, settings.federated().isEmpty() ? null : settings.federated().json());
    }

    private static void placeSecrets(Connection connection, List<AccessKey> keys) throws SQLException {
        try (PreparedStatement place = connection.prepareStatement(PLACE_SECRET)) {
            for (AccessKey key : keys) {
                int number = 1;
                for (StoredSecret secret : key.secrets()) {
                    place.setString(1, key.id());
                    place.setLong(2, number++);
                    place.setString(3, secret.hash().encoded());
                    place.setString(4, Objects.requireNonNullElse(secret.hint(), ""));
                    Column.set(place, 5, secret.createdAt());
                    Column.set(place, 6, secret.expiresAt());
                    Column.set(place, 7, secret.lastUsedAt());
                    place.addBatch();
                }
            }
            place.executeBatch();
        }
    }

    static void forEach(Connection connection, String sql, List<AccessKey> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (AccessKey key : keys) {
                statement.setString(1, key.id());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
