package dev.latchkey.sql;

import static dev.latchkey.sql.row.Statements.orNull;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ServiceException;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyStore;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.database.Dialect.Violation;
import dev.latchkey.sql.row.AuditLog;
import dev.latchkey.sql.row.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signing keys in one table, whose indexes allow one active and one next key. */
final class SqlSigningKeyStore implements SigningKeyStore {
    private static final String RETIRE =
            "UPDATE signing_keys SET state = 'retired', retired_at = ?, published_until = ?"
                    + " WHERE kid = ? AND state = 'active' AND longest_lifetime = ?";
    private static final String RAISE_MAX_LIFETIME = "UPDATE signing_keys SET longest_lifetime = ?, published_until = ?"
            + " WHERE kid = ? AND state = ? AND longest_lifetime < ?";
    private static final String ACTIVATE = "UPDATE signing_keys SET state = 'active', activated_at = ?"
            + " WHERE kid = ? AND state = 'next' AND private_key = ?";
    private static final String DROP = "DELETE FROM signing_keys WHERE kid = ? AND state = ?";
    private static final String RESEAL = "UPDATE signing_keys SET private_key = ? WHERE kid = ?";

    private final Database database;
    private final AuditLog auditLog;

    SqlSigningKeyStore(Database database, AuditLog auditLog) {
        this.auditLog = auditLog;
        this.database = database;
    }

    @Override
    public List<SigningKey> all() {
        return database.read(SigningKeyRows::all);
    }

    @Override
    public List<StoredKey> stored() {
        return database.read(SigningKeyRows::stored);
    }

    @Override
    public void prepareToChange() {
        database.prepareToWrite();
    }

    @Override
    public boolean insertFirst(StoredKey active, @Nullable StoredKey next, List<AuditEvent> events) {
        return database.write(connection -> {
            database.dialect().lockStore(connection);
            if (!SigningKeyRows.all(connection).isEmpty()) {
                return false;
            }
            insert(connection, active);
            if (next != null) {
                insert(connection, next);
            }
            auditLog.append(connection, events);
            return true;
        });
    }

    @Override
    public boolean insertNext(StoredKey active, StoredKey next, AuditEvent event) {
        return database.write(connection -> {
            database.dialect().lockStore(connection);
            if (SigningKeyRows.all(connection).stream().anyMatch(key -> key.state() == SigningKey.State.NEXT)) {
                return false;
            }
            checkStored(connection, active);
            insert(connection, next);
            auditLog.append(connection, List.of(event));
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
            auditLog.append(connection, events);
        });
    }

    @Override
    public void replaceNext(StoredKey gone, StoredKey next, List<AuditEvent> events) {
        database.change(connection -> {
            database.dialect().lockStore(connection);
            checkStored(connection, gone);
            checkOne(drop(connection, gone.key().kid(), SigningKey.State.NEXT));
            insert(connection, next);
            auditLog.append(connection, events);
        });
    }

    @Override
    public void raiseMaxLifetime(SigningKey key) {
        database.change(connection -> Statements.update(
                connection,
                RAISE_MAX_LIFETIME,
                key.longestLifetime(),
                orNull(key.publishedUntil()),
                key.kid(),
                key.state().publicName(),
                key.longestLifetime()));
    }

    @Override
    public boolean drop(String kid, AuditEvent event) {
        return database.write(connection -> {
            boolean there = drop(connection, kid, SigningKey.State.RETIRED) > 0;
            if (there) {
                auditLog.append(connection, List.of(event));
            }
            return there;
        });
    }

    @Override
    public void reseal(
            Map<String, StoredPrivateKey> before, Map<String, StoredPrivateKey> after, List<AuditEvent> events) {
        database.change(connection -> {
            database.dialect().lockStore(connection);
            if (!SigningKeyRows.privateKeys(connection).equals(before)) {
                throw changedMeanwhile();
            }
            for (Map.Entry<String, StoredPrivateKey> entry : after.entrySet()) {
                Statements.update(connection, RESEAL, entry.getValue().text(), entry.getKey());
            }
            auditLog.append(connection, events);
        });
    }

    @Override
    public boolean wipeOverwritten() {
        return database.wipeOverwritten("signing_keys");
    }

    private void insert(Connection connection, StoredKey stored) throws SQLException {
        try {
            SigningKeyRows.insert(connection, stored);
        } catch (SQLException e) {
            if (database.dialect().violation(e) == Violation.DUPLICATE) {
                throw changedMeanwhile();
            }
            throw e;
        }
    }

    private static void checkStored(Connection connection, StoredKey key) throws SQLException {
        if (!key.privateKey()
                .equals(SigningKeyRows.privateKeys(connection).get(key.key().kid()))) {
            throw changedMeanwhile();
        }
    }

    private static int retire(Connection connection, SigningKey key) throws SQLException {
        Object retiredAt = orNull(key.retiredAt());
        Object publishedUntil = orNull(key.publishedUntil());
        return Statements.update(connection, RETIRE, retiredAt, publishedUntil, key.kid(), key.longestLifetime());
    }

    private static int activate(Connection connection, StoredKey stored) throws SQLException {
        SigningKey key = stored.key();
        String privateKey = stored.privateKey().text();
        return Statements.update(connection, ACTIVATE, orNull(key.activatedAt()), key.kid(), privateKey);
    }

    private static int drop(Connection connection, String kid, SigningKey.State state) throws SQLException {
        return Statements.update(connection, DROP, kid, state.publicName());
    }

    private static void checkOne(int changed) {
        if (changed != 1) {
            throw changedMeanwhile();
        }
    }

    private static ServiceException changedMeanwhile() {
        return ServiceException.conflict(
                "Another process changed the signing keys at this moment; list them, and try again if need be.");
    }
}
