package dev.latchkey.sql.database;

import dev.latchkey.sql.files.SqliteLibrary;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The connections to a SQLite store: several that only read and one that writes.
 *
 * <p>A store in memory is shared by its connections by way of SQLite's {@code memdb}, which has no write-ahead log: who
 * writes keeps readers out. A lock lets them wait for that where SQLite would have them sleep and ask again. One
 * connection for all was measured beside it (four threads that look up a key every 0.4 ms beside one that lists 2,000
 * rows, on a busy machine): a hundredth of the lookups took 198 ms or more by one connection, 26 ms by {@code memdb}
 * alone and 7 ms with the lock.
 */
final class SqliteConnections implements Connections {
    /** There is no server to lose connections to. */
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private static final int READERS_BESIDE_CORES = 2;
    private static final String READ_ONLY = "PRAGMA query_only = 1";

    /** A secret that is gone is gone from the file, too. */
    private static final String OVERWRITE_WHAT_IS_DELETED = "PRAGMA secure_delete = 1";

    private final @Nullable ReplacedFileCheck file;
    private final Duration patience;
    private final ConnectionPool readers;
    private final ConnectionPool writer;

    /** Of a store in memory. First come, first served: neither readers nor writers starve. */
    private final ReadWriteLock turns = new ReentrantReadWriteLock(true);

    /** @param file null = in memory */
    private SqliteConnections(
            @Nullable ReplacedFileCheck file, Duration patience, ConnectionPool readers, ConnectionPool writer) {
        this.file = file;
        this.patience = patience;
        this.readers = readers;
        this.writer = writer;
    }

    /** Opens one connection for reading, to tell at once what is wrong, and no other until it is needed. */
    static SqliteConnections open(Location location, Path path, Duration patience) throws SQLException {
        SQLiteDataSource reading = source(location, settings(patience));
        SQLiteConfig writerSettings = settings(SqliteDialect.LOCK_POLL);
        writerSettings.setJournalMode(JournalMode.WAL);
        // Or each statement would write the pages that it changes to a file of its own first. Measured 2026-11-30 by
        // "keys import" of keys with ids in order: 5.7 GB written in all for some 113,000 keys, and 0.13 GB so.
        writerSettings.setTempStore(TempStore.MEMORY);
        SQLiteDataSource writing = source(location, writerSettings);
        ConnectionPool readers = new ConnectionPool(readers(), patience, FOR_EVER, () -> connect(reading, READ_ONLY));
        ConnectionPool writer = new ConnectionPool(1, patience, FOR_EVER, () -> connectWriter(writing, patience));
        ReplacedFileCheck check = ReplacedFileCheck.of(path);
        readers.give(readers.take());
        return new SqliteConnections(check, patience, readers, writer);
    }

    /**
     * A store of its own, which its connections share by a name that no other has in this process. It is there as long as
     * one of them is: none is dropped before all are closed.
     */
    static SqliteConnections memory(Duration patience) throws SQLException {
        SqliteLibrary.load(null);
        SQLiteDataSource source = new SQLiteDataSource(settings(patience));
        source.setUrl("jdbc:sqlite:file:/latchkey-" + UUID.randomUUID() + "?vfs=memdb");
        ConnectionPool readers = new ConnectionPool(readers(), patience, FOR_EVER, () -> connect(source, READ_ONLY));
        ConnectionPool writer = new ConnectionPool(1, patience, FOR_EVER, source::getConnection);
        writer.give(writer.take());
        return new SqliteConnections(null, patience, readers, writer);
    }

    private static int readers() {
        return Runtime.getRuntime().availableProcessors() + READERS_BESIDE_CORES;
    }

    @Override
    public <T> T read(Work<T> work) throws SQLException {
        return lend(readers, turns.readLock(), lent -> work.run(lent.connection()));
    }

    @Override
    public <T> T query(String constantSql, Query<T> query) throws SQLException {
        return lend(readers, turns.readLock(), lent -> query.run(lent.prepared(constantSql)));
    }

    @Override
    public <T> T withWriter(Work<T> work) throws SQLException {
        return lend(writer, turns.writeLock(), lent -> work.run(lent.connection()));
    }

    /** Whatever a connection failed with, {@link #lend} has dropped it. */
    @Override
    public void evict(Connection connection) {}

    /** The last connection to close folds the write-ahead log into the file: that must be one that can write. */
    @Override
    public void close() {
        readers.close();
        writer.close();
    }

    @FunctionalInterface
    private interface Lending<T> {
        T run(ConnectionPool.Lent lent) throws SQLException;
    }

    private <T> T lend(ConnectionPool pool, Lock turn, Lending<T> lending) throws SQLException {
        if (file == null) {
            return lendInMemory(pool, turn, lending);
        }
        file.check();
        ConnectionPool.Lent lent = pool.take();
        boolean works = false;
        try {
            T result = lending.run(lent);
            works = true;
            return result;
        } finally {
            if (works) {
                pool.give(lent);
            } else {
                pool.drop(lent);
            }
        }
    }

    /** A connection that has failed is as good as before: there is nothing between it and the store. */
    private <T> T lendInMemory(ConnectionPool pool, Lock turn, Lending<T> lending) throws SQLException {
        await(turn);
        try {
            ConnectionPool.Lent lent = pool.take();
            try {
                return lending.run(lent);
            } finally {
                pool.give(lent);
            }
        } finally {
            turn.unlock();
        }
    }

    private void await(Lock turn) throws SQLException {
        try {
            if (turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
        throw new SQLTransientConnectionException("the store is busy for more than " + patience.toMillis() + " ms");
    }

    /** Connects again while another process switches the new file to WAL, which no busy timeout waits for. */
    private static Connection connectWriter(SQLiteDataSource source, Duration patience) throws SQLException {
        for (long left = SqliteDialect.polls(patience); ; left--) {
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
