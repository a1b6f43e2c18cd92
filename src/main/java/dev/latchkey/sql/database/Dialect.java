package dev.latchkey.sql.database;

import dev.latchkey.error.ServiceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the two databases do differently. Thread-safe. */
public interface Dialect {
    /**
     * What is different in words alone.
     *
     * @param name the database's name in the API
     * @param identity the type of a column of numbers that the database hands out
     * @param ascii the type of a text that is sorted by its bytes
     * @param countTables selects how many tables the store has of its own (0 or 1), and how many there are in all where
     *     that matters
     * @param givenIdentity what follows the columns of an insert that gives the number itself which the database would hand
     *     out
     * @param beforeWriting a statement that a connection which was opened elsewhere needs before it writes; null = none
     * @param patience how long a call waits for a connection or a lock where nothing else is said
     * @param isAcrossNetwork whether each statement is a round trip
     */
    record Traits(
            String name,
            String identity,
            String ascii,
            String countTables,
            String givenIdentity,
            @Nullable String beforeWriting,
            Duration patience,
            boolean isAcrossNetwork) {}

    Traits traits();

    /**
     * Opens one connection, to tell at once what is wrong, and no other until it is needed.
     *
     * @param patience how long a call waits for a connection or a lock; null = as befits the database
     */
    Database connect(Location location, @Nullable Duration patience) throws SQLException;

    /**
     * Begins a transaction that will write.
     *
     * @param patience how long to wait for a lock of the whole store
     */
    void begin(Connection connection, Duration patience) throws SQLException;

    /** Begins a transaction that only reads, on a connection that may refuse to write; it is ended by {@link #rollback}. */
    void beginReading(Connection connection) throws SQLException;

    /** Has the numbers that the database hands out go on after those that were given. */
    void continueIdentities(Connection connection, List<String> tables) throws SQLException;

    void commit(Connection connection) throws SQLException;

    void rollback(Connection connection) throws SQLException;

    /** Keeps out other transactions that ask for the same until this one ends. */
    void lockStore(Connection connection) throws SQLException;

    /**
     * Removes what was overwritten in a table from the files of the store.
     *
     * @return whether it is gone
     */
    boolean wipeOverwritten(Connection connection, String table, Duration patience) throws SQLException;

    /** What a statement ran into that its caller may have expected. */
    enum Violation {
        /** A row with the same key is there already. */
        DUPLICATE,
        /** A row refers to one that is not there, or one that is referred to was to be deleted. */
        REFERENCE,
        /** The transaction was ended because others waited for it, and may succeed when it is tried again. */
        DEADLOCK,
        /** The table is not there. */
        NO_TABLE,
        /** Something else. */
        NONE
    }

    /** Which of them, told by its code. */
    Violation violation(SQLException e);

    /** A conflict in the place of this violation; any other failure is thrown as it is. */
    default ServiceException conflict(SQLException e, Violation violation, String message) throws SQLException {
        if (violation(e) != violation) {
            throw e;
        }
        return ServiceException.conflict(message, e);
    }

    /** What a failure means and what to do about it, told by its code and never by its message. */
    Diagnosis diagnose(Location location, SQLException failure);

    /** A pool wraps what the driver says, and so does a batch: this is what the driver said. */
    static SQLException innermost(SQLException failure) {
        SQLException found = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            found = cause instanceof SQLException e ? e : found;
        }
        return found;
    }

    /** Runs one statement without parameters. */
    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
