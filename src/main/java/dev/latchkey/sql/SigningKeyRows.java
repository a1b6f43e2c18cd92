package dev.latchkey.sql;

import static dev.latchkey.sql.row.Statements.orNull;

import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
        return Statements.all(connection, ALL, SigningKeyRows::key);
    }

    static List<StoredKey> stored(Connection connection) throws SQLException {
        return Statements.all(connection, ALL, row -> new StoredKey(key(row), new StoredPrivateKey(row.getString(14))));
    }

    static Map<String, StoredPrivateKey> privateKeys(Connection connection) throws SQLException {
        return stored(connection).stream()
                .collect(Collectors.toMap(key -> key.key().kid(), StoredKey::privateKey));
    }

    static void insert(Connection connection, StoredKey stored) throws SQLException {
        SigningKey key = stored.key();
        PublicJwk jwk = key.jwk();
        Statements.update(
                connection,
                INSERT,
                key.kid(),
                jwk.algorithm().publicName(),
                jwk.member("n"),
                jwk.member("e"),
                jwk.member("x"),
                jwk.member("y"),
                key.state().publicName(),
                key.createdAt(),
                key.publishedAt(),
                orNull(key.activatedAt()),
                stored.privateKey().text(),
                key.longestLifetime());
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
