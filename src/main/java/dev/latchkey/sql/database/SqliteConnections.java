package dev.latchkey.sql.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The connections to a SQLite store: several that only read and one that writes, or one in all for a store in memory. */
final class SqliteConnections implements Connections {
    /** How long a call waits for its turn or for another process to finish writing. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int READERS_BESIDE_CORES = 2;
    private static final String READ_ONLY = "PRAGMA query_only = 1";

    /** A secret that is gone is gone from the file, too. */
    private static final String OVERWRITE_WHAT_IS_DELETED = "PRAGMA secure_delete = 1";

    private final @Nullable ReplacedFileCheck file;
    private final SqlitePool readers;
    private final SqlitePool writer;

    /** @param file null = in memory, where both pools are the same one */
    private SqliteConnections(@Nullable ReplacedFileCheck file, SqlitePool readers, SqlitePool writer) {
        this.file = file;
        this.readers = readers;
        this.writer = writer;
    }

    /** Opens one connection for reading, to tell at once what is wrong, and no other until it is needed. */
    static SqliteConnections open(Location location, Path path, Duration patience) throws SQLException {
        SQLiteDataSource reading = source(location, settings(patience));
        SQLiteConfig writerSettings = settings(SqliteDialect.LOCK_POLL);
        writerSettings.setJournalMode(JournalMode.WAL);
        SQLiteDataSource writing = source(location, writerSettings);
        int size = Runtime.getRuntime().availableProcessors() + READERS_BESIDE_CORES;
        SqlitePool readers = new SqlitePool(size, patience, () -> connect(reading, READ_ONLY));
        SqlitePool writer = new SqlitePool(1, patience, () -> connectWriter(writing, patience));
        ReplacedFileCheck check = ReplacedFileCheck.of(path);
        readers.give(readers.take());
        return new SqliteConnections(check, readers, writer);
    }

    /** One connection, which is the store. */
    static SqliteConnections memory(Location location, Duration patience) throws SQLException {
        SQLiteDataSource source = source(location, settings(patience));
        SqlitePool pool = new SqlitePool(1, patience, source::getConnection);
        pool.give(pool.take());
        return new SqliteConnections(null, pool, pool);
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        return lend(readers, lent -> work.run(lent.connection()));
    }

    @Override
    public <T> T query(String constantSql, Query<T> query) throws SQLException {
        return lend(readers, lent -> query.run(lent.prepared(constantSql)));
    }

    @Override
    public <T> T withWriter(Work<T> work) throws SQLException {
        return lend(writer, lent -> work.run(lent.connection()));
    }

    /** Whatever a connection failed with, {@link #lend} has dropped it. */
    @Override
    public void evict(Connection connection) {
        // Dropped when it is given back.
    }

    @Override
    public boolean readsPromptly() {
        return file != null;
    }

    /** The last connection to close folds the write-ahead log into the file: that must be one that can write. */
    @Override
    public void close() {
        readers.close();
        writer.close();
    }

    @FunctionalInterface
    private interface Lending<T> {
        T run(SqlitePool.Lent lent) throws SQLException;
    }

    private <T> T lend(SqlitePool pool, Lending<T> lending) throws SQLException {
        if (file != null) {
            file.check();
        }
        SqlitePool.Lent lent = pool.take();
        boolean works = false;
        try {
            T result = lending.run(lent);
            works = true;
            return result;
        } finally {
            // A store in memory would be gone with its connection.
            if (works || file == null) {
                pool.give(lent);
            } else {
                pool.drop(lent);
            }
        }
    }

    /** Connects again while another process switches the new file to WAL, which no busy timeout waits for. */
    private static Connection connectWriter(SQLiteDataSource source, Duration patience) throws SQLException {
        for (long left = patience.dividedBy(SqliteDialect.LOCK_POLL); ; left--) {
            try {
                return connect(source, OVERWRITE_WHAT_IS_DELETED);
            } catch (SQLiteException e) {
                if (left <= 1 || SqliteFailures.primaryCode(e) != SQLiteErrorCode.SQLITE_BUSY.code) {
                    throw e;
                }
                LockSupport.parkNanos(SqliteDialect.LOCK_POLL.toNanos());
            }
        }
    }

    private static Connection connect(SQLiteDataSource source, String first) throws SQLException {
        Connection connection = source.getConnection();
        try {
            Dialect.execute(connection, first);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static SQLiteDataSource source(Location location, SQLiteConfig settings) {
        SqliteLibrary.load(location.file());
        SQLiteDataSource source = new SQLiteDataSource(settings);
        source.setUrl(location.url());
        return source;
    }

    private static SQLiteConfig settings(Duration busyTimeout) {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        settings.enforceForeignKeys(true);
        settings.setSynchronous(SynchronousMode.FULL);
        return settings;
    }
}
