package dev.latchkey.sql;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Remembers that the database has stopped to answer. From then on one caller at a time goes on asking it and all others
 * fail at once, so that they hear soon and hold no thread; the first answer ends it. Costs one look at a flag while all
 * is well. Thread-safe.
 */
final class Outage {
    /** The connection, or the server as a whole (SQLSTATE classes 08, 53 and 57 of PostgreSQL); a lock not to be had. */
    private static final String CONNECTION = "08";

    private static final String RESOURCES = "53";
    private static final String OPERATOR = "57";
    private static final String NO_LOCK = "55P03";

    private final AtomicBoolean trial = new AtomicBoolean();
    private volatile boolean on;

    /**
     * Before the database is asked.
     *
     * @return whether the caller is the one who tries, and must say so at the end
     * @throws SQLException when another one does
     */
    boolean enter() throws SQLException {
        if (!on) {
            return false;
        }
        if (trial.compareAndSet(false, true)) {
            return true;
        }
        throw new SQLTransientConnectionException("the database does not answer");
    }

    /** The database answered. */
    void over() {
        if (on) {
            on = false;
        }
    }

    /** The database failed; not every failure is an outage. */
    void failed(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (e instanceof SQLTransientConnectionException
                || state.startsWith(CONNECTION)
                || state.startsWith(RESOURCES)
                || state.startsWith(OPERATOR)
                || state.equals(NO_LOCK)) {
            on = true;
        }
    }

    void trialEnded() {
        trial.set(false);
    }
}
