package dev.latchkey.sql;

import dev.latchkey.token.TokenStanding;
import dev.latchkey.token.TokenStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Optional;

/** Revoked tokens in one table, read together with the key they belong to. */
final class SqlTokenStore implements TokenStore {
    private static final String STANDING = "SELECT k.enabled, k.expires_at, r.id IS NOT NULL FROM access_keys k"
            + " LEFT JOIN revoked_tokens r ON r.id = ? WHERE k.id = ?";
    private static final String REVOKE =
            "INSERT INTO revoked_tokens (id, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String PRUNE = "DELETE FROM revoked_tokens WHERE expires_at < ?";

    private final Database database;

    SqlTokenStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<TokenStanding> standing(String clientId, String tokenId) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(STANDING)) {
                select.setString(1, tokenId);
                select.setString(2, clientId);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new TokenStanding(
                                    Column.flag(row, 1), Column.timeOrNull(row, 2), row.getBoolean(3)))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public void revoke(String tokenId, Instant expiresAt) {
        database.change(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(REVOKE)) {
                insert.setString(1, tokenId);
                Column.set(insert, 2, expiresAt);
                insert.executeUpdate();
            }
        });
    }

    @Override
    public void prune(Instant end) {
        database.change(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(PRUNE)) {
                Column.set(delete, 1, end);
                delete.executeUpdate();
            }
        });
    }
}
