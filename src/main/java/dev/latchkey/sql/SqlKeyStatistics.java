package dev.latchkey.sql;

import dev.latchkey.accesskey.statistics.KeyStatistics;
import dev.latchkey.accesskey.statistics.KeyStatistics.ExpiringKey;
import dev.latchkey.accesskey.statistics.KeyStatistics.ReplacedSecret;
import dev.latchkey.accesskey.statistics.KeyStatisticsStore;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Counts access keys by the store's indexes. */
final class SqlKeyStatistics implements KeyStatisticsStore {
    /** Less than the silence after which a connection to PostgreSQL is taken for dead: a slow count must not look so. */
    private static final int TIMEOUT_SECONDS = 2;

    /** As {@code keys.sql} has it in its indexes: a key that never expires does so at the end of the year 9999. */
    private static final String EXPIRY = "coalesce(expires_at, 253402300799)";

    private static final String COUNT = "SELECT (SELECT COUNT(*) FROM access_keys),"
            + " (SELECT COUNT(*) FROM access_keys WHERE enabled = 0),"
            + " (SELECT COUNT(*) FROM access_keys WHERE " + EXPIRY + " <= ? AND enabled = 1)";

    private static final String EXPIRING = "SELECT id, expires_at FROM access_keys WHERE " + EXPIRY + " > ? AND "
            + EXPIRY + " < ? AND enabled = 1 ORDER BY " + EXPIRY + ", id LIMIT ?";

    private static final String REPLACED = "SELECT k.id, s.last_used_at FROM access_keys k"
            + " JOIN access_key_secrets s ON s.key_id = k.id AND s.place = 1"
            + " WHERE k.old_secret_ends_at > ? ORDER BY k.old_secret_ends_at, k.id LIMIT ?";

    private final Database database;

    SqlKeyStatistics(Database database) {
        this.database = database;
    }

    @Override
    public KeyStatistics at(Instant now, Instant expiringBefore, int most) {
        return database.read(connection -> {
            List<ExpiringKey> expiring = select(
                    connection,
                    EXPIRING,
                    row -> new ExpiringKey(row.getString(1), Column.time(row, 2)),
                    now,
                    expiringBefore,
                    most);
            List<ReplacedSecret> replaced = select(
                    connection,
                    REPLACED,
                    row -> new ReplacedSecret(row.getString(1), Column.timeOrNull(row, 2)),
                    now,
                    most);
            return select(connection, COUNT, row -> counted(row, expiring, replaced), now)
                    .get(0);
        });
    }

    private static KeyStatistics counted(ResultSet row, List<ExpiringKey> expiring, List<ReplacedSecret> replaced)
            throws SQLException {
        long disabled = row.getLong(2);
        long expired = row.getLong(3);
        return new KeyStatistics(row.getLong(1) - disabled - expired, disabled, expired, expiring, replaced);
    }

    private static <T> List<T> select(Connection connection, String sql, Statements.Row<T> row, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            return Statements.all(Statements.bound(statement, values), row);
        }
    }
}
