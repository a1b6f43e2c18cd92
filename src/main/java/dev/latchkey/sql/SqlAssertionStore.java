package dev.latchkey.sql;

import dev.latchkey.client.AssertionStore;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.row.Statements;
import java.time.Instant;

/** The assertions that were used, in one table whose primary key lets each in once. */
final class SqlAssertionStore implements AssertionStore {
    private static final String USE =
            "INSERT INTO used_assertions (key_id, id_hash, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String PRUNE = "DELETE FROM used_assertions WHERE expires_at < ?";

    private final Database database;

    SqlAssertionStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean useOnce(String keyId, String idHash, Instant expiresAt) {
        return database.write(connection -> Statements.update(connection, USE, keyId, idHash, expiresAt) > 0);
    }

    @Override
    public void prune(Instant end) {
        database.change(connection -> Statements.update(connection, PRUNE, end));
    }
}
