package dev.latchkey.sql;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.Rotation;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyStore;
import dev.latchkey.signingkey.StoredKey;
import dev.latchkey.signingkey.StoredPrivateKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Signing keys in one table, whose indexes allow one active and one next key. */
final class SqlSigningKeyStore implements SigningKeyStore {
    private static final String ALL =
            "SELECT kid, n, e, state, created_at, published_at, activated_at, retired_at, published_until"
                    + " FROM signing_keys"
                    + " ORDER BY CASE state WHEN 'active' THEN 0 WHEN 'next' THEN 1 ELSE 2 END,"
                    + " retired_at DESC, published_at DESC, kid";
    private static final String PRIVATE_KEYS = "SELECT kid, private_key FROM signing_keys";
    private static final String INSERT = "INSERT INTO signing_keys"
            + " (kid, n, e, state, created_at, published_at, activated_at, private_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String RETIRE =
            "UPDATE signing_keys SET state = 'retired', retired_at = ?, published_until = ?"
                    + " WHERE kid = ? AND state = 'active'";
    private static final String ACTIVATE = "UPDATE signing_keys SET state = 'active', activated_at = ?"
            + " WHERE kid = ? AND state = 'next' AND private_key = ?";
    private static final String DROP = "DELETE FROM signing_keys WHERE kid = ? AND state = ?";
    private static final String RESEAL = "UPDATE signing_keys SET private_key = ? WHERE kid = ?";

    private final Database database;

    SqlSigningKeyStore(Database database) {
        this.database = database;
    }

    @Override
    public List<SigningKey> all() {
        return database.read(SqlSigningKeyStore::all);
    }

    @Override
    public Map<String, StoredPrivateKey> privateKeys() {
        return database.read(SqlSigningKeyStore::privateKeys);
    }

    @Override
    public boolean insertFirst(StoredKey active, StoredKey next, List<AuditEvent> events) {
        return database.write(connection -> {
            database.dialect().lockStore(connection);
            if (!all(connection).isEmpty()) {
                return false;
            }
            insert(connection, active);
            insert(connection, next);
            AuditLog.append(connection, events);
            return true;
        });
    }

    @Override
    public void rotate(Rotation rotation, List<AuditEvent> events) {
        database.change(connection -> {
            database.dialect().lockStore(connection);
            checkOne(
                    rotation.keepRetired()
                            ? retire(connection, rotation.retired())
                            : drop(connection, rotation.retired().kid(), SigningKey.State.ACTIVE));
            checkOne(activate(connection, rotation.active()));
            insert(connection, rotation.next());
            AuditLog.append(connection, events);
        });
    }

    @Override
    public void replaceNext(StoredKey gone, StoredKey next, List<AuditEvent> events) {
        database.change(connection -> {
            database.dialect().lockStore(connection);
            if (!gone.privateKey().equals(privateKeys(connection).get(gone.key().kid()))) {
                throw changedMeanwhile();
            }
            checkOne(drop(connection, gone.key().kid(), SigningKey.State.NEXT));
            insert(connection, next);
            AuditLog.append(connection, events);
        });
    }

    @Override
    public boolean drop(String kid, AuditEvent event) {
        return database.write(connection -> {
            boolean there = drop(connection, kid, SigningKey.State.RETIRED) > 0;
            if (there) {
                AuditLog.append(connection, List.of(event));
            }
            return there;
        });
    }

    @Override
    public void reseal(
            Map<String, StoredPrivateKey> before, Map<String, StoredPrivateKey> after, List<AuditEvent> events) {
        database.change(connection -> {
            database.dialect().lockStore(connection);
            if (!privateKeys(connection).equals(before)) {
                throw changedMeanwhile();
            }
            try (PreparedStatement update = connection.prepareStatement(RESEAL)) {
                for (Map.Entry<String, StoredPrivateKey> entry : after.entrySet()) {
                    update.setString(1, entry.getValue().text());
                    update.setString(2, entry.getKey());
                    update.executeUpdate();
                }
            }
            AuditLog.append(connection, events);
        });
    }

    @Override
    public boolean wipeOverwritten() {
        return database.wipeOverwritten("signing_keys");
    }

    private static List<SigningKey> all(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ALL);
                ResultSet row = select.executeQuery()) {
            List<SigningKey> keys = new ArrayList<>();
            while (row.next()) {
                keys.add(key(row));
            }
            return List.copyOf(keys);
        }
    }

    private static Map<String, StoredPrivateKey> privateKeys(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(PRIVATE_KEYS);
                ResultSet row = select.executeQuery()) {
            Map<String, StoredPrivateKey> keys = new HashMap<>();
            while (row.next()) {
                keys.put(row.getString(1), new StoredPrivateKey(row.getString(2)));
            }
            return Map.copyOf(keys);
        }
    }

    private void insert(Connection connection, StoredKey stored) throws SQLException {
        SigningKey key = stored.key();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, key.kid());
            insert.setString(2, key.jwk().n());
            insert.setString(3, key.jwk().e());
            insert.setString(4, key.state().publicName());
            Column.set(insert, 5, key.createdAt());
            Column.set(insert, 6, key.publishedAt());
            Column.set(insert, 7, key.activatedAt());
            insert.setString(8, stored.privateKey().text());
            insert.executeUpdate();
        } catch (SQLException e) {
            if (database.dialect().isDuplicate(e)) {
                throw changedMeanwhile();
            }
            throw e;
        }
    }

    private static SigningKey key(ResultSet row) throws SQLException {
        return new SigningKey(
                new PublicJwk(row.getString(1), row.getString(2), row.getString(3)),
                SigningKey.State.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                Column.time(row, 5),
                Column.time(row, 6),
                Column.timeOrNull(row, 7),
                Column.timeOrNull(row, 8),
                Column.timeOrNull(row, 9));
    }

    private static int retire(Connection connection, SigningKey key) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(RETIRE)) {
            Column.set(update, 1, key.retiredAt());
            Column.set(update, 2, key.publishedUntil());
            update.setString(3, key.kid());
            return update.executeUpdate();
        }
    }

    private static int activate(Connection connection, StoredKey stored) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(ACTIVATE)) {
            Column.set(update, 1, stored.key().activatedAt());
            update.setString(2, stored.key().kid());
            update.setString(3, stored.privateKey().text());
            return update.executeUpdate();
        }
    }

    private static int drop(Connection connection, String kid, SigningKey.State state) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DROP)) {
            delete.setString(1, kid);
            delete.setString(2, state.publicName());
            return delete.executeUpdate();
        }
    }

    private static void checkOne(int changed) {
        if (changed != 1) {
            throw changedMeanwhile();
        }
    }

    private static LatchkeyException changedMeanwhile() {
        return LatchkeyException.of(
                ErrorKind.CONFLICT,
                "Another process changed the signing keys at this moment; list them, and try again if need be.");
    }
}
