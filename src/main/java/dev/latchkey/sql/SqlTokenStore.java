package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Statements;
import dev.latchkey.sql.row.Statements.Repeated;
import dev.latchkey.token.TokenStanding;
import dev.latchkey.token.TokenStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Revoked tokens and deleted keys in a table each, read together with the key that a token belongs to. */
final class SqlTokenStore implements TokenStore {
    private static final String STANDING = "SELECT k.enabled, k.expires_at, d.deleted_at, r.id IS NOT NULL"
            + " FROM access_keys k LEFT JOIN deleted_keys d ON d.id = k.id LEFT JOIN revoked_tokens r ON r.id = ?"
            + " WHERE k.id = ?";
    private static final String REVOKE =
            "INSERT INTO revoked_tokens (id, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String PRUNE = "DELETE FROM revoked_tokens WHERE expires_at < ?";
    private static final String DELETED = "INSERT INTO deleted_keys (id, deleted_at) VALUES (?, ?)"
            + " ON CONFLICT (id) DO UPDATE SET deleted_at = excluded.deleted_at";
    private static final String PRUNE_DELETED = "DELETE FROM deleted_keys WHERE deleted_at < ?";

    private final Database database;

    SqlTokenStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<TokenStanding> standing(String clientId, String tokenId) {
        return database.query(STANDING, select -> {
            select.setString(1, tokenId);
            select.setString(2, clientId);
            return Statements.first(select, SqlTokenStore::standing);
        });
    }

    private static TokenStanding standing(ResultSet row) throws SQLException {
        return new TokenStanding(
                Column.flag(row, 1), Column.timeOrNull(row, 2), Column.timeOrNull(row, 3), row.getBoolean(4));
    }

    @Override
    public void revoke(String tokenId, Instant expiresAt) {
        database.change(connection -> Statements.update(connection, REVOKE, tokenId, expiresAt));
    }

    @Override
    public void prune(Instant end) {
        database.change(connection -> {
            Statements.update(connection, PRUNE, end);
            Statements.update(connection, PRUNE_DELETED, end.minus(AccessKeySettings.MAX_TOKEN_LIFETIME));
        });
    }

    /** Within the deletion of keys: no token of one comes back with a new key of the same id. */
    static void endTokens(Connection connection, List<String> keyIds, Instant now) throws SQLException {
        try (Repeated insert = new Repeated(connection, DELETED)) {
            for (String id : keyIds) {
                insert.add(id, now);
            }
            insert.run();
        }
    }
}
