package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.SecretHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Writes when keys and secrets were last used. */
final class AccessKeyUseWriter {
    /** Takes the lock of the key's row in any case, before that of a secret, as every other change of a key does. */
    private static final String KEY = "UPDATE access_keys SET last_used_at ="
            + " CASE WHEN last_used_at >= ? THEN last_used_at ELSE ? END WHERE id = ?";

    private static final String SECRET = "UPDATE access_key_secrets SET last_used_at = ?"
            + " WHERE key_id = ? AND hash = ? AND (last_used_at IS NULL OR last_used_at < ?)";

    private AccessKeyUseWriter() {}

    static void write(Connection connection, Collection<AccessKeyStore.Use> uses) throws SQLException {
        // By id everywhere: two processes that write at once must not wait for each other in a circle.
        List<AccessKeyStore.Use> ordered = uses.stream()
                .sorted(Comparator.comparing(AccessKeyStore.Use::keyId))
                .toList();
        try (PreparedStatement update = connection.prepareStatement(KEY)) {
            for (AccessKeyStore.Use use : ordered) {
                Column.set(update, 1, use.at());
                Column.set(update, 2, use.at());
                update.setString(3, use.keyId());
                update.addBatch();
            }
            update.executeBatch();
        }
        try (PreparedStatement update = connection.prepareStatement(SECRET)) {
            for (AccessKeyStore.Use use : ordered) {
                SecretHash secret = use.secret();
                if (secret != null) {
                    Column.set(update, 1, use.at());
                    update.setString(2, use.keyId());
                    update.setString(3, secret.encoded());
                    Column.set(update, 4, use.at());
                    update.addBatch();
                }
            }
            update.executeBatch();
        }
    }
}
