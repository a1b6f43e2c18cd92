package dev.latchkey.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that read a SQLite file, each opened when it is first needed and kept until the store is closed: there
 * is no server to lose them to. Thread-safe.
 *
 * <p>This and not the pool of the other connections, because every token goes through here: taking one and giving it back
 * is two atomic operations, and what comes back is a {@link Reader} with its statements prepared.
 */
final class Readers {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(1);
    private static final String READ_ONLY = "PRAGMA query_only = 1";

    private final DataSource source;
    private final Duration patience;
    private final int size;
    private final @Nullable WalIndexes indexes;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<Reader> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    private Readers(DataSource source, int size, Duration patience, @Nullable WalIndexes indexes) {
        this.source = source;
        this.patience = patience;
        this.size = size;
        this.indexes = indexes;
        this.free = new Semaphore(size);
    }

    /**
     * Opens one connection, to tell at once what is wrong, and up to {@code size} of them later.
     *
     * @param patience how long {@link #take} waits for one of them
     * @param indexes tell what has changed; null = SQLite is asked
     */
    static Readers open(DataSource source, int size, Duration patience, @Nullable WalIndexes indexes)
            throws SQLException {
        Readers readers = new Readers(source, size, patience, indexes);
        readers.idle.push(readers.connect());
        return readers;
    }

    /** One of them, for the caller alone until it is given back or dropped; the last one used is the first to go. */
    Reader take() throws SQLException {
        if (!free.tryAcquire() && !waitForOne()) {
            throw new SQLException("no connection to read by is free within " + patience.toMillis() + " ms");
        }
        boolean taken = false;
        try {
            if (closed) {
                throw new SQLException("the store is closed");
            }
            Reader known = idle.poll();
            Reader reader = known == null ? connect() : known;
            taken = true;
            return reader;
        } finally {
            if (!taken) {
                free.release();
            }
        }
    }

    /** Takes one back that works. */
    void give(Reader reader) {
        if (closed) {
            drop(reader);
            return;
        }
        idle.push(reader);
        free.release();
    }

    /** Takes one back that has failed; another is opened in its place when it is needed. */
    void drop(Reader reader) {
        close(reader);
        free.release();
    }

    private boolean waitForOne() throws SQLException {
        try {
            return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", e);
        }
    }

    private Reader connect() throws SQLException {
        Connection connection = source.getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute(READ_ONLY);
            return new Reader(connection, indexes);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void close(Reader reader) {
        try {
            reader.close();
        } catch (SQLException e) {
            LOG.warn("A connection to the store could not be closed", e);
        }
    }

    /**
     * Closes those that are idle now; one in use is closed when it is given back. Waits for those for a moment, and
     * answers whether none is left.
     */
    boolean close() {
        closed = true;
        boolean all = false;
        try {
            all = free.tryAcquire(size, CLOSING_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (all) {
                free.release(size);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Reader reader = idle.poll(); reader != null; reader = idle.poll()) {
            close(reader);
        }
        return all;
    }
}
