package dev.latchkey.sql.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Open while the database does not answer: one caller at a time goes on asking it and all others fail at once, so that
 * they hear soon and hold no thread; the first answer closes it. Costs one look at a flag while all is well. Thread-safe.
 */
final class CircuitBreaker {
    private final AtomicBoolean trial = new AtomicBoolean();
    private volatile boolean open;

    /** That a call was not tried because the database did not answer others. */
    static final class OpenException extends SQLTransientConnectionException {
        private static final long serialVersionUID = 1L;

        OpenException() {
            super("the database does not answer");
        }
    }

    /**
     * Before the database is asked: answers whether the caller is the one who tries, and must tell {@link #trialEnded} at the
     * end; fails when another one does.
     */
    boolean enter() throws SQLException {
        if (!open) {
            return false;
        }
        if (trial.compareAndSet(false, true)) {
            return true;
        }
        throw new OpenException();
    }

    /** Before the database is asked by a caller who is not to be the one who tries; fails while it is open. */
    void check() throws SQLException {
        if (open) {
            throw new OpenException();
        }
    }

    /** The database answered. */
    void close() {
        if (open) {
            open = false;
        }
    }

    /** The database did not answer. */
    void open() {
        open = true;
    }

    void trialEnded() {
        trial.set(false);
    }
}
