package dev.latchkey.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Connections and transactions. Thread-safe. */
final class Database implements AutoCloseable {
    /** Something to do with a connection, which is not kept. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** The same without an answer. */
    @FunctionalInterface
    interface Change {
        void run(Connection connection) throws SQLException;
    }

    private final Dialect dialect;
    private final HikariDataSource readers;
    private final HikariDataSource writers;
    private final Duration patience;
    private final @Nullable FileGuard guard;
    private final Outage outage = new Outage();

    private Database(
            Dialect dialect,
            HikariDataSource readers,
            HikariDataSource writers,
            Duration patience,
            @Nullable FileGuard guard) {
        this.dialect = dialect;
        this.readers = readers;
        this.writers = writers;
        this.patience = patience;
        this.guard = guard;
    }

    /** Opens one connection for reading, and no other until it is needed. */
    static Database connect(Location location, @Nullable Duration patience) throws SQLException {
        if (location.dialect() == Dialect.POSTGRESQL) {
            Duration wait = patience == null ? PostgresqlPool.PATIENCE : patience;
            HikariDataSource pool = PostgresqlPool.open(location, wait);
            return new Database(Dialect.POSTGRESQL, pool, pool, wait, null);
        }
        Duration wait = patience == null ? SqlitePools.PATIENCE : patience;
        if (location.isMemory()) {
            HikariDataSource pool = SqlitePools.memory(location, wait);
            return new Database(Dialect.SQLITE, pool, pool, wait, null);
        }
        HikariDataSource readers = SqlitePools.readers(location, wait);
        Path file = location.file();
        FileGuard guard = file == null ? null : FileGuard.of(file);
        return new Database(Dialect.SQLITE, readers, SqlitePools.writer(location, wait), wait, guard);
    }

    Dialect dialect() {
        return dialect;
    }

    /**
     * Reads with one statement, so that what is read is of one moment.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#UNAVAILABLE} for every {@link SQLException}
     */
    <T> T read(Work<T> work) {
        try {
            return reading(work);
        } catch (SQLException e) {
            throw LatchkeyException.of(ErrorKind.UNAVAILABLE, "The store cannot be read now.", e);
        }
    }

    <T> T reading(Work<T> work) throws SQLException {
        checkFile();
        boolean trial = outage.enter();
        try (Connection connection = readers.getConnection()) {
            T result = work.run(connection);
            outage.over();
            return result;
        } catch (SQLException e) {
            outage.failed(e);
            throw e;
        } finally {
            if (trial) {
                outage.trialEnded();
            }
        }
    }

    /**
     * Writes in one transaction: all of it is kept when the work returns, nothing when it throws.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#UNAVAILABLE} for every {@link SQLException}
     */
    <T> T write(Work<T> work) {
        try {
            return writing(work);
        } catch (SQLException e) {
            throw LatchkeyException.of(ErrorKind.UNAVAILABLE, "The store cannot be written now.", e);
        }
    }

    /** The same for a change that answers nothing. */
    void change(Change change) {
        write(connection -> {
            change.run(connection);
            return true;
        });
    }

    <T> T writing(Work<T> work) throws SQLException {
        checkFile();
        try (Connection connection = writers.getConnection()) {
            dialect.begin(connection, patience);
            boolean committed = false;
            try {
                T result = work.run(connection);
                dialect.commit(connection);
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    rollback(connection);
                }
            }
        }
    }

    private void checkFile() throws SQLException {
        if (guard != null) {
            guard.check();
        }
    }

    /** Sees to it that no file keeps what was overwritten in a table; answers whether that is done. */
    boolean wipeOverwritten(String table) {
        try (Connection connection = writers.getConnection()) {
            return dialect.wipeOverwritten(connection, table, patience);
        } catch (SQLException e) {
            throw LatchkeyException.of(ErrorKind.UNAVAILABLE, "The store cannot be written now.", e);
        }
    }

    /** A connection that cannot roll back would keep the write lock: it must not be used again. */
    private void rollback(Connection connection) {
        try {
            dialect.rollback(connection);
        } catch (SQLException e) {
            writers.evictConnection(connection);
        }
    }

    /** The writer last: it folds the WAL into the file. */
    @Override
    public void close() {
        readers.close();
        writers.close();
    }
}
