package dev.latchkey.sql.transfer;

import dev.latchkey.error.ServiceException;
import dev.latchkey.signingkey.PrivateKeySeal;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.database.SqliteHold;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What was restored.
 *
 * @param accessKeys how many there are
 * @param isOlder whether its schema is older than this program's: the next start brings it up to date
 * @param isEncrypted whether its private signing keys are encrypted with a master key
 * @param replaces whether it took the place of another store
 */
public record RestoredStore(long accessKeys, boolean isOlder, boolean isEncrypted, boolean replaces) {
    /**
     * Fails unless the copy of a backup is a whole store that this program can use.
     *
     * @param seal what must open its private signing keys; null = that is not checked
     */
    static RestoredStore check(Path copy, Path backup, @Nullable PrivateKeySeal seal, boolean replaces) {
        try (SqliteHold held = SqliteHold.of(copy)) {
            Connection connection = held.connection();
            if (!"ok".equals(first(connection, "PRAGMA integrity_check(1)"))
                    || first(connection, "PRAGMA foreign_key_check") != null) {
                throw damaged(backup, null);
            }
            if (first(connection, "SELECT 1 FROM sqlite_master WHERE name = 'latchkey'") == null) {
                throw ServiceException.misconfigured(
                        "The file " + backup + " holds no store of Latchkey; name another.");
            }
            if (held.version() > Database.SCHEMA_VERSION) {
                throw ServiceException.misconfigured(
                        "The backup " + backup + " was made by a newer Latchkey (its schema has version "
                                + held.version() + ", this one knows " + Database.SCHEMA_VERSION
                                + "); restore it with that or a newer one.");
            }
            boolean encrypted = open(connection, seal);
            held.log();
            long keys = Long.parseLong(String.valueOf(first(connection, "SELECT count(*) FROM access_keys")));
            return new RestoredStore(keys, held.version() < Database.SCHEMA_VERSION, encrypted, replaces);
        } catch (SQLException e) {
            throw damaged(backup, e);
        }
    }

    /** Answers whether there is an encrypted key; each must open. */
    private static boolean open(Connection connection, @Nullable PrivateKeySeal seal) throws SQLException {
        boolean encrypted = false;
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT kid, private_key FROM signing_keys")) {
            while (row.next()) {
                StoredPrivateKey stored = new StoredPrivateKey(row.getString(2));
                encrypted |= stored.isEncrypted();
                if (seal != null) {
                    var unused = seal.open(row.getString(1), stored);
                }
            }
        }
        return encrypted;
    }

    /** The first value of the first row; null = there is none. */
    private static @Nullable String first(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static ServiceException damaged(Path backup, @Nullable SQLException cause) {
        String message = "The backup " + backup + " is damaged, or no SQLite database; restore another one.";
        return cause == null ? ServiceException.misconfigured(message) : ServiceException.misconfigured(message, cause);
    }
}
