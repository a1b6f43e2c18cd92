package dev.latchkey.sql;

import dev.latchkey.accesskey.statistics.KeyStatistics;
import dev.latchkey.accesskey.statistics.KeyStatistics.ExpiringKey;
import dev.latchkey.accesskey.statistics.KeyStatistics.ReplacedSecret;
import dev.latchkey.accesskey.statistics.KeyStatisticsStore;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.row.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
            List<ExpiringKey> expiring = expiring(connection, now, expiringBefore, most);
            List<ReplacedSecret> replaced = replaced(connection, now, most);
            try (PreparedStatement count = prepared(connection, COUNT)) {
                Column.set(count, 1, now);
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    long all = row.getLong(1);
                    long disabled = row.getLong(2);
                    long expired = row.getLong(3);
                    return new KeyStatistics(all - disabled - expired, disabled, expired, expiring, replaced);
                }
            }
        });
    }

    private static List<ExpiringKey> expiring(Connection connection, Instant now, Instant before, int most)
            throws SQLException {
        try (PreparedStatement select = prepared(connection, EXPIRING)) {
            Column.set(select, 1, now);
            Column.set(select, 2, before);
            select.setInt(3, most);
            List<ExpiringKey> keys = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    keys.add(new ExpiringKey(row.getString(1), Column.time(row, 2)));
                }
            }
            return keys;
        }
    }

    private static List<ReplacedSecret> replaced(Connection connection, Instant now, int most) throws SQLException {
        try (PreparedStatement select = prepared(connection, REPLACED)) {
            Column.set(select, 1, now);
            select.setInt(2, most);
            List<ReplacedSecret> secrets = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    secrets.add(new ReplacedSecret(row.getString(1), Column.timeOrNull(row, 2)));
                }
            }
            return secrets;
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(TIMEOUT_SECONDS);
        return statement;
    }
}
