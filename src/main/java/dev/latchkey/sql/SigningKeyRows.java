package dev.latchkey.sql;

import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import dev.latchkey.sql.row.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Signing keys as rows, and back. */
final class SigningKeyRows {
    private static final String ALL =
            "SELECT kid, algorithm, n, e, x, y, state, created_at, published_at, activated_at, retired_at, published_until,"
                    + " longest_lifetime, private_key"
                    + " FROM signing_keys"
                    + " ORDER BY CASE state WHEN 'active' THEN 0 WHEN 'next' THEN 1 ELSE 2 END,"
                    + " retired_at DESC, published_at DESC, kid";
    private static final String INSERT = "INSERT INTO signing_keys"
            + " (kid, algorithm, n, e, x, y, state, created_at, published_at, activated_at, private_key, longest_lifetime)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private SigningKeyRows() {}

    static List<SigningKey> all(Connection connection) throws SQLException {
        return select(connection, SigningKeyRows::key);
    }

    static List<StoredKey> stored(Connection connection) throws SQLException {
        return select(connection, row -> new StoredKey(key(row), new StoredPrivateKey(row.getString(14))));
    }

    private static <T> List<T> select(Connection connection, RowReader<T> reader) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ALL);
                ResultSet row = select.executeQuery()) {
            List<T> keys = new ArrayList<>();
            while (row.next()) {
                keys.add(reader.read(row));
            }
            return List.copyOf(keys);
        }
    }

    /** Reads the row that a result stands on. */
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    static Map<String, StoredPrivateKey> privateKeys(Connection connection) throws SQLException {
        return stored(connection).stream()
                .collect(Collectors.toMap(key -> key.key().kid(), StoredKey::privateKey));
    }

    static void insert(Connection connection, StoredKey stored) throws SQLException {
        SigningKey key = stored.key();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, key.kid());
            insert.setString(2, key.jwk().algorithm().publicName());
            insert.setString(3, key.jwk().member("n"));
            insert.setString(4, key.jwk().member("e"));
            insert.setString(5, key.jwk().member("x"));
            insert.setString(6, key.jwk().member("y"));
            insert.setString(7, key.state().publicName());
            Column.set(insert, 8, key.createdAt());
            Column.set(insert, 9, key.publishedAt());
            Column.set(insert, 10, key.activatedAt());
            insert.setString(11, stored.privateKey().text());
            Column.set(insert, 12, key.longestLifetime());
            insert.executeUpdate();
        }
    }

    private static SigningKey key(ResultSet row) throws SQLException {
        return new SigningKey(
                jwk(row),
                SigningKey.State.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
                Column.time(row, 8),
                Column.time(row, 9),
                Column.timeOrNull(row, 10),
                Column.timeOrNull(row, 11),
                Column.timeOrNull(row, 12),
                Duration.ofSeconds(row.getLong(13)));
    }

    private static PublicJwk jwk(ResultSet row) throws SQLException {
        SigningAlgorithm algorithm = SigningAlgorithm.of(row.getString(2))
                .orElseThrow(() -> new IllegalStateException("a stored signing key is for an unknown algorithm"));
        return PublicJwk.stored(
                row.getString(1), algorithm, row.getString(3), row.getString(4), row.getString(5), row.getString(6));
    }
}
