package dev.latchkey.sql;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the two databases do differently. */
enum Dialect {
    SQLITE,
    POSTGRESQL;

    /** How long the writing connection lets SQLite wait for the lock before it asks anew. See {@link #begin}. */
    static final Duration LOCK_POLL = Duration.ofMillis(50);

    private static final Set<SQLiteErrorCode> SQLITE_DUPLICATE =
            Set.of(SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY, SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE);

    /** RESTRICT is a trigger to SQLite. */
    private static final Set<SQLiteErrorCode> SQLITE_REFERENCE =
            Set.of(SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY, SQLiteErrorCode.SQLITE_CONSTRAINT_TRIGGER);

    private static final String PG_DUPLICATE = "23505";

    /** foreign_key_violation, and restrict_violation, which PostgreSQL 18 and later use for RESTRICT. */
    private static final Set<String> PG_REFERENCE = Set.of("23503", "23001");

    /** undefined_table, and invalid_schema_name. */
    private static final Set<String> PG_NO_TABLE = Set.of("42P01", "3F000");

    private static final String PG_DUPLICATE_TABLE = "42P07";
    private static final String PG_NO_DATABASE = "3D000";
    private static final String PG_REFUSED_USER = "28";

    /** Text of keys.sql as this database understands it. */
    String translate(String sql) {
        return sql.replace(
                        "${identity}",
                        this == SQLITE
                                ? "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT"
                                : "BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
                .replace("${ascii}", this == SQLITE ? "TEXT" : "TEXT COLLATE \"C\"");
    }

    /** Answers how many tables the store has of its own (0 or 1), and how many there are of anybody. */
    String countTables() {
        return this == SQLITE
                ? "SELECT count(CASE WHEN name = 'latchkey' THEN 1 END), count(*) FROM sqlite_master"
                : "SELECT count(*), 0 FROM pg_class WHERE relname = 'latchkey' AND pg_table_is_visible(oid)";
    }

    /**
     * Begins a transaction that will write.
     *
     * <p>SQLite's own waiting asks for the lock ever more seldom, down to ten times a second, and starves beside a
     * process that writes without a pause; asking anew keeps it at short intervals.
     *
     * @param patience how long to wait for SQLite's one write lock
     */
    void begin(Connection connection, Duration patience) throws SQLException {
        if (this == POSTGRESQL) {
            PostgresqlPool.expectWriting(connection);
            connection.setAutoCommit(false);
            return;
        }
        for (long left = patience.dividedBy(LOCK_POLL); ; left--) {
            try {
                execute(connection, "BEGIN IMMEDIATE");
                return;
            } catch (SQLiteException e) {
                if (left <= 1 || primaryCode(e) != SQLiteErrorCode.SQLITE_BUSY.code) {
                    throw e;
                }
            }
        }
    }

    /** The driver's own commit for SQLite would begin the next transaction at once, and keep the lock. */
    void commit(Connection connection) throws SQLException {
        if (this == SQLITE) {
            execute(connection, "COMMIT");
        } else {
            connection.commit();
        }
    }

    void rollback(Connection connection) throws SQLException {
        if (this == SQLITE) {
            execute(connection, "ROLLBACK");
        } else {
            connection.rollback();
        }
    }

    /** Keeps out other transactions that ask for the same until this one ends. SQLite has one writer anyway. */
    void lockStore(Connection connection) throws SQLException {
        if (this == POSTGRESQL) {
            execute(connection, "SELECT pg_advisory_xact_lock(5495314210735383929)");
        }
    }

    /**
     * Removes what was overwritten in a table from the files of the store. SQLite overwrites it in the main file itself
     * ({@code secure_delete}); the write-ahead log is emptied as soon as nobody reads it.
     *
     * @return whether it is gone
     */
    boolean wipeOverwritten(Connection connection, String table, Duration patience) throws SQLException {
        if (this == POSTGRESQL) {
            PostgresqlPool.expectWriting(connection);
            execute(connection, "VACUUM FULL " + table);
            return true;
        }
        for (long left = patience.dividedBy(LOCK_POLL); left > 0; left--) {
            if (emptyWriteAheadLog(connection)) {
                return true;
            }
        }
        return false;
    }

    /** Waits for a lock as long as the connection does. A store in memory has no log, and answers so. */
    private static boolean emptyWriteAheadLog(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            return row.next() && row.getInt(1) == 0;
        }
    }

    /** Whether a row with the same key is there already. */
    boolean isDuplicate(SQLException e) {
        SQLException cause = innermost(e);
        return this == SQLITE ? hasCode(cause, SQLITE_DUPLICATE) : PG_DUPLICATE.equals(cause.getSQLState());
    }

    /** Whether a row refers to one that is not there, or one that is referred to was to be deleted. */
    boolean isReference(SQLException e) {
        SQLException cause = innermost(e);
        return this == SQLITE ? hasCode(cause, SQLITE_REFERENCE) : hasState(cause, PG_REFERENCE);
    }

    /** Whether a select failed because its table is not there. */
    boolean isNoTable(SQLException e) {
        return this == SQLITE ? hasCode(e, Set.of(SQLiteErrorCode.SQLITE_ERROR)) : hasState(e, PG_NO_TABLE);
    }

    /** What to tell the person who wants to open the store. */
    LatchkeyException openingFailed(Location location, SQLException failure) {
        SQLException e = innermost(failure);
        String problem = this == SQLITE ? sqliteProblem(e) : postgresqlProblem(e);
        return problem == null
                ? LatchkeyException.of(
                        ErrorKind.UNAVAILABLE, "The store " + location.shown() + " cannot be reached now.", failure)
                : LatchkeyException.of(ErrorKind.MISCONFIGURED, "The store " + location.shown() + problem, failure);
    }

    private static @Nullable String sqliteProblem(SQLException e) {
        int code = e instanceof SQLiteException sqlite ? primaryCode(sqlite) : 0;
        if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return " is not a SQLite database; name another file with --db.";
        }
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            return " is damaged; put a backup in its place.";
        }
        boolean closed = code == SQLiteErrorCode.SQLITE_CANTOPEN.code
                || code == SQLiteErrorCode.SQLITE_READONLY.code
                || code == SQLiteErrorCode.SQLITE_PERM.code;
        return closed ? " cannot be opened; check that this user may read and write it and its folder." : null;
    }

    private static @Nullable String postgresqlProblem(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith(PG_REFUSED_USER)) {
            return " refuses the user or the password.";
        }
        if (state.equals(PG_NO_DATABASE)) {
            return " is a database that does not exist; create it first.";
        }
        return state.equals(PG_DUPLICATE_TABLE)
                ? " holds tables of something else; give Latchkey a database or a schema of its own."
                : null;
    }

    /** A pool wraps what the driver says, and so does a batch. */
    private static SQLException innermost(SQLException failure) {
        SQLException found = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            found = cause instanceof SQLException e ? e : found;
        }
        return found;
    }

    private static boolean hasCode(SQLException e, Set<SQLiteErrorCode> codes) {
        return e instanceof SQLiteException sqlite && codes.contains(sqlite.getResultCode());
    }

    private static boolean hasState(SQLException e, Set<String> states) {
        return e.getSQLState() != null && states.contains(e.getSQLState());
    }

    private static int primaryCode(SQLiteException e) {
        return e.getResultCode().code & 0xFF;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
