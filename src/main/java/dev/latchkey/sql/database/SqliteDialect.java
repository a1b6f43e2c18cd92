package dev.latchkey.sql.database;

import dev.latchkey.sql.database.Dialect.Violation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite, in a file or in memory. Thread-safe. */
final class SqliteDialect implements Dialect {
    static final SqliteDialect INSTANCE = new SqliteDialect();

    private static final Traits TRAITS = new Traits(
            "sqlite",
            "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT",
            "TEXT",
            "SELECT count(CASE WHEN name = 'latchkey' THEN 1 END), count(*) FROM sqlite_master",
            "",
            "PRAGMA foreign_keys = 1",
            Duration.ofSeconds(20),
            false);

    /** How long the writing connection lets SQLite wait for the lock before it asks anew. See {@link #begin}. */
    static final Duration LOCK_POLL = Duration.ofMillis(50);

    private SqliteDialect() {}

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public Database connect(Location location, @Nullable Duration patience) throws SQLException {
        Duration wait = patience == null ? TRAITS.patience() : patience;
        Path file = location.file();
        Connections connections =
                file == null ? SqliteConnections.memory(wait) : SqliteConnections.open(location, file, wait);
        return new Database(location, connections, wait);
    }

    /**
     * {@inheritDoc}
     *
     * <p>SQLite's own waiting asks for the lock ever more seldom, down to ten times a second, and starves beside a
     * process that writes without a pause; asking anew keeps it at short intervals.
     */
    @Override
    public void begin(Connection connection, Duration patience) throws SQLException {
        for (long left = polls(patience); ; left--) {
            try {
                Dialect.execute(connection, "BEGIN IMMEDIATE");
                return;
            } catch (SQLiteException e) {
                if (left <= 1 || SqliteFailures.primaryCode(e) != SQLiteErrorCode.SQLITE_BUSY.code) {
                    throw e;
                }
            }
        }
    }

    /** How often a lock is asked for within this time. By whole milliseconds: durations divide each other as decimals. */
    static long polls(Duration patience) {
        return patience.toMillis() / LOCK_POLL.toMillis();
    }

    @Override
    public void beginReading(Connection connection) throws SQLException {
        Dialect.execute(connection, "BEGIN");
    }

    @Override
    public void continueIdentities(Connection connection, List<String> tables) {
        // AUTOINCREMENT goes on after the highest number there ever was.
    }

    /** The driver's own commit would begin the next transaction at once, and keep the lock. */
    @Override
    public void commit(Connection connection) throws SQLException {
        Dialect.execute(connection, "COMMIT");
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        Dialect.execute(connection, "ROLLBACK");
    }

    /** There is one writer anyway. */
    @Override
    public void lockStore(Connection connection) {
        // The transaction began with the lock of the whole file.
    }

    /**
     * {@inheritDoc}
     *
     * <p>SQLite overwrites it in the main file itself ({@code secure_delete}); the write-ahead log is emptied as soon as no
     * reader needs it.
     */
    @Override
    public boolean wipeOverwritten(Connection connection, String table, Duration patience) throws SQLException {
        for (long left = polls(patience); left > 0; left--) {
            if (emptyWriteAheadLog(connection)) {
                return true;
            }
        }
        return false;
    }

    /** Waits for a lock as long as the connection does. A store in memory has no log, and answers so. */
    private static boolean emptyWriteAheadLog(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            return row.next() && row.getInt(1) == 0;
        }
    }

    /** RESTRICT is a trigger to SQLite. One writer at a time waits for no other. */
    @Override
    public Violation violation(SQLException e) {
        return !(Dialect.innermost(e) instanceof SQLiteException sqlite)
                ? Violation.NONE
                : switch (sqlite.getResultCode()) {
                    case SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE -> Violation.DUPLICATE;
                    case SQLITE_CONSTRAINT_FOREIGNKEY, SQLITE_CONSTRAINT_TRIGGER -> Violation.REFERENCE;
                    case SQLITE_ERROR -> Violation.NO_TABLE;
                    default -> Violation.NONE;
                };
    }

    @Override
    public Diagnosis diagnose(Location location, SQLException failure) {
        return SqliteFailures.diagnose(failure);
    }
}
