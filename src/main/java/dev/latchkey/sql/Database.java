package dev.latchkey.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final HikariDataSource pool;
    private final @Nullable SqliteFile file;
    private final Duration patience;
    private final Outage outage = new Outage();

    /** How many connections that write are in use, or asked for. */
    private final AtomicInteger writing = new AtomicInteger();

    /** {@code file} has connections that read; null = the pool, whose connections can write, does that too. */
    private Database(Dialect dialect, HikariDataSource pool, @Nullable SqliteFile file, Duration patience) {
        this.dialect = dialect;
        this.pool = pool;
        this.file = file;
        this.patience = patience;
    }

    /** Whether looking something up never has to wait for somebody who writes. */
    boolean readsPromptly() {
        return file != null;
    }

    /** Opens one connection for reading, and no other until it is needed. */
    static Database connect(Location location, @Nullable Duration patience) throws SQLException {
        if (location.dialect() == Dialect.POSTGRESQL) {
            Duration wait = patience == null ? PostgresqlPool.PATIENCE : patience;
            HikariDataSource pool = PostgresqlPool.open(location, wait);
            return new Database(Dialect.POSTGRESQL, pool, null, wait);
        }
        Duration wait = patience == null ? SqlitePools.PATIENCE : patience;
        Path path = location.file();
        if (path == null) {
            return new Database(Dialect.SQLITE, SqlitePools.memory(location, wait), null, wait);
        }
        HikariDataSource writer = SqlitePools.writer(location, wait);
        return new Database(Dialect.SQLITE, writer, SqliteFile.open(location, path, wait), wait);
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
            throw unreadable(e);
        }
    }

    <T> T reading(Work<T> work) throws SQLException {
        return file == null ? pooled(work) : file.read(reader -> work.run(reader.connection()));
    }

    /** The answer to a question that every token asks; on SQLite, it is read again only after a commit. */
    <T> Optional<T> answer(Reader.Question<T> question) {
        try {
            return file == null
                    ? pooled(connection -> ask(connection, question))
                    : file.read(reader -> reader.answer(question));
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private static <T> Optional<T> ask(Connection connection, Reader.Question<T> question) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question.sql())) {
            return question.ask(statement);
        }
    }

    private <T> T pooled(Work<T> work) throws SQLException {
        boolean trial = outage.enter();
        try (Connection connection = pool.getConnection()) {
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

    private static LatchkeyException unwritable(SQLException e) {
        return LatchkeyException.of(ErrorKind.UNAVAILABLE, "The store cannot be written now.", e);
    }

    private static LatchkeyException unreadable(SQLException e) {
        return LatchkeyException.of(ErrorKind.UNAVAILABLE, "The store cannot be read now.", e);
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
            throw unwritable(e);
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
        return withWriter(connection -> {
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
        });
    }

    /**
     * Opens a connection that writes, where that is not done yet.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#UNAVAILABLE} for every {@link SQLException}
     */
    void prepareToWrite() {
        try {
            var unused = withWriter(connection -> true);
        } catch (SQLException e) {
            throw unwritable(e);
        }
    }

    private <T> T withWriter(Work<T> work) throws SQLException {
        writing.incrementAndGet();
        try (Connection connection = pool.getConnection()) {
            return work.run(connection);
        } finally {
            writing.decrementAndGet();
        }
    }

    private void checkFile() throws SQLException {
        if (file != null) {
            file.check();
        }
    }

    /** Sees to it that no file keeps what was overwritten in a table; answers whether that is done. */
    boolean wipeOverwritten(String table) {
        try {
            return withWriter(connection -> dialect.wipeOverwritten(connection, table, patience));
        } catch (SQLException e) {
            throw unwritable(e);
        }
    }

    /** A connection that cannot roll back would keep the write lock: it must not be used again. */
    private void rollback(Connection connection) {
        try {
            dialect.rollback(connection);
        } catch (SQLException e) {
            pool.evictConnection(connection);
        }
    }

    @Override
    public void close() {
        if (file == null) {
            pool.close();
        } else {
            file.close(this::closeWriters);
        }
    }

    /** The pool gives none out from here on; one that is in use goes on, whatever the pool does about it. */
    private boolean closeWriters() {
        pool.close();
        return writing.get() == 0;
    }
}
