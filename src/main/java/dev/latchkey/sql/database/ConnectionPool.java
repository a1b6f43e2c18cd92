package dev.latchkey.sql.database;

import dev.latchkey.log.LogEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of connections, each opened when it is first needed, and kept. Thread-safe.
 *
 * <p>This and not HikariCP, because every token reads by it: a pool of connections closes a statement when the connection
 * returns, and to prepare it anew costs several times what running it does. Here a connection keeps the statements that
 * it has prepared. The pool does not validate a connection before it lends it, which would be a round trip more. While a
 * server is away, each calling thread tries to open a connection, so that the first success is not seconds late.
 */
final class ConnectionPool {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);
    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(1);

    private final Opener opener;
    private final Duration patience;
    private final long mostIdleNanos;
    private final int size;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<Lent> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** Opens a connection. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    /** A connection and its statements by their text; for one thread at a time. */
    static final class Lent {
        private final Connection connection;
        private final Map<String, PreparedStatement> statements = new HashMap<>();
        private long givenNanos;
        private boolean given;

        Lent(Connection connection) {
            this.connection = connection;
        }

        Connection connection() {
            return connection;
        }

        /** Whether it was lent before, and may have been lost meanwhile. */
        boolean isUsed() {
            return given;
        }

        PreparedStatement prepared(String constantSql) throws SQLException {
            PreparedStatement statement = statements.get(constantSql);
            if (statement == null) {
                statement = connection.prepareStatement(constantSql);
                statements.put(constantSql, statement);
            }
            return statement;
        }
    }

    /**
     * Opens none yet.
     *
     * @param patience how long {@link #take} waits for a connection; those that wait get one in the order of asking
     * @param mostIdle one that lay for longer is closed and another opened: what lies between may have forgotten it
     */
    ConnectionPool(int size, Duration patience, Duration mostIdle, Opener opener) {
        this.opener = opener;
        this.patience = patience;
        this.mostIdleNanos = mostIdle.toNanos();
        this.size = size;
        this.free = new Semaphore(size, true);
    }

    /** One of them, for the caller alone until it is given back or dropped; the last one used is the first to go. */
    Lent take() throws SQLException {
        if (!free.tryAcquire() && !waitForOne()) {
            throw new SQLTransientConnectionException(
                    "no connection to the store is free within " + patience.toMillis() + " ms");
        }
        boolean taken = false;
        try {
            if (closed) {
                throw new SQLException("the store is closed");
            }
            Lent known = idle.poll();
            if (known != null && System.nanoTime() - known.givenNanos > mostIdleNanos) {
                close(known);
                known = null;
            }
            Lent lent = known == null ? new Lent(opener.open()) : known;
            taken = true;
            return lent;
        } finally {
            if (!taken) {
                free.release();
            }
        }
    }

    /** Takes one back that works. */
    void give(Lent lent) {
        if (closed) {
            drop(lent);
            return;
        }
        lent.given = true;
        lent.givenNanos = System.nanoTime();
        idle.push(lent);
        free.release();
    }

    /** Closes those that lie idle: what one of them was lost to, the others were too. */
    void closeIdle() {
        for (Lent lent = idle.poll(); lent != null; lent = idle.poll()) {
            close(lent);
        }
    }

    /** Takes one back that has failed; another is opened in its place when it is needed. */
    void drop(Lent lent) {
        close(lent);
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

    private static void close(Lent lent) {
        try {
            lent.connection.close();
        } catch (SQLException e) {
            LogEvent.STORE_NOTE.debug(LOG).setCause(e).log("A connection to the store could not be closed");
        }
    }

    /** Closes those that are idle, after a moment in which those in use may come back; the rest follow when they do. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (free.tryAcquire(size, CLOSING_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                free.release(size);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeIdle();
    }
}
