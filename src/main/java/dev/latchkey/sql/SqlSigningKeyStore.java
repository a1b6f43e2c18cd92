package dev.latchkey.sql;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.signingkey.PrivateKeyBytes;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Signing keys in one table, whose index allows one active key. */
final class SqlSigningKeyStore implements SigningKeyStore {
    private static final String ALL = "SELECT kid, state, n, e, private_key, created_at FROM signing_keys"
            + " ORDER BY CASE state WHEN 'active' THEN 0 ELSE 1 END, created_at DESC, kid";
    private static final String INSERT_FIRST = "INSERT INTO signing_keys (kid, state, n, e, private_key, created_at)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private final Database database;

    SqlSigningKeyStore(Database database) {
        this.database = database;
    }

    @Override
    public List<SigningKey> all() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(ALL);
                    ResultSet row = select.executeQuery()) {
                List<SigningKey> keys = new ArrayList<>();
                while (row.next()) {
                    keys.add(key(row));
                }
                return List.copyOf(keys);
            }
        });
    }

    @Override
    public boolean insertFirst(SigningKey key, AuditEvent event) {
        return database.write(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT_FIRST)) {
                insert.setString(1, key.kid());
                insert.setString(2, key.state().name().toLowerCase(Locale.ROOT));
                insert.setString(3, key.jwk().n());
                insert.setString(4, key.jwk().e());
                insert.setString(
                        5, Base64.getEncoder().encodeToString(key.privateKey().pkcs8()));
                Column.set(insert, 6, key.createdAt());
                boolean added = insert.executeUpdate() > 0;
                if (added) {
                    AuditLog.append(connection, List.of(event));
                }
                return added;
            }
        });
    }

    private static SigningKey key(ResultSet row) throws SQLException {
        return new SigningKey(
                new PublicJwk(row.getString(1), row.getString(3), row.getString(4)),
                SigningKey.State.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                new PrivateKeyBytes(Base64.getDecoder().decode(row.getString(5))),
                Column.time(row, 6));
    }
}
