package dev.latchkey.sql.database;

import dev.latchkey.sql.files.SqliteLibrary;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.LockingMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A SQLite file that no other connection can read or write before this is closed. What may be no store, or one of another
 * version, is looked at by this: opening changes nothing. For one thread.
 */
public final class SqliteHold implements AutoCloseable {
    /** A command that reads the store for a moment is waited for; a service is not. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Connection connection;

    private SqliteHold(Connection connection) {
        this.connection = connection;
    }

    /**
     * Holds the file, and recovers what a killed process has left beside it.
     *
     * @throws SQLException when it is no SQLite database, or in use ({@link #isInUse})
     */
    public static SqliteHold of(Path file) throws SQLException {
        SqliteLibrary.load(file);
        SQLiteConfig settings = new SQLiteConfig();
        settings.setBusyTimeout(Math.toIntExact(PATIENCE.toMillis()));
        settings.setSynchronous(SynchronousMode.FULL);
        settings.setLockingMode(LockingMode.EXCLUSIVE);
        SQLiteDataSource source = new SQLiteDataSource(settings);
        source.setUrl(Location.parse(file.toString()).url());
        SqliteHold hold = new SqliteHold(source.getConnection());
        try {
            Dialect.execute(hold.connection, "BEGIN EXCLUSIVE");
            Dialect.execute(hold.connection, "SELECT count(*) FROM sqlite_master");
            Dialect.execute(hold.connection, "COMMIT");
            return hold;
        } catch (SQLException e) {
            hold.close();
            throw e;
        }
    }

    /** Whether another connection has the file, in this process or another. */
    public static boolean isInUse(SQLException e) {
        return e instanceof SQLiteException sqlite
                && SqliteFailures.primaryCode(sqlite) == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    /** Whether something else than a store is in the file; an empty file is neither. */
    public boolean isSomethingElse() throws SQLException {
        try (Statement count = connection.createStatement();
                ResultSet row =
                        count.executeQuery(SqliteDialect.INSTANCE.traits().countTables())) {
            return row.next() && row.getInt(1) == 0 && row.getInt(2) > 0;
        }
    }

    /** Has the store keep a write-ahead log from now on, as every store does that was opened for writing once. */
    public void log() throws SQLException {
        Dialect.execute(connection, "PRAGMA journal_mode = WAL");
    }

    /** Puts all of it into the one file and keeps holding that: no write-ahead log is left or made. */
    public void foldLog() throws SQLException {
        Dialect.execute(connection, "PRAGMA journal_mode = DELETE");
        Dialect.execute(connection, "BEGIN EXCLUSIVE");
    }

    /** The version of the schema of a store. */
    public int version() throws SQLException {
        return SchemaMigrator.version(connection);
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
