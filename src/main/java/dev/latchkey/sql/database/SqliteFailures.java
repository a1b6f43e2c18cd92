package dev.latchkey.sql.database;

import static dev.latchkey.sql.database.Diagnosis.Effect.ALL;
import static dev.latchkey.sql.database.Diagnosis.Effect.STATEMENT;
import static dev.latchkey.sql.database.Diagnosis.Effect.WRITING;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes (sqlite.org/rescode.html) mean for a store. */
final class SqliteFailures {
    private SqliteFailures() {}

    static Diagnosis diagnose(SQLException failure) {
        if (Dialect.innermost(failure) instanceof SQLiteException e) {
            return byCode(primaryCode(e));
        }
        if (failure instanceof SQLNonTransientConnectionException) {
            return Diagnosis.permanent(
                    ALL, "is not the file any more that was opened", "put it back, or start the service again");
        }
        if (failure instanceof SQLTransientConnectionException) {
            return Diagnosis.passing(STATEMENT, "has no connection to spare", "try again, with fewer requests at once");
        }
        return Diagnosis.passing(STATEMENT, "cannot be used now", "try again");
    }

    /** The result code without what extends it. */
    static int primaryCode(SQLiteException e) {
        return e.getResultCode().code & 0xFF;
    }

    private static Diagnosis byCode(int code) {
        return switch (SQLiteErrorCode.getErrorCode(code)) {
            case SQLITE_NOTADB ->
                Diagnosis.permanent(
                        ALL, "is not a SQLite database", "name another file with --db, or put a backup in its place");
            case SQLITE_CORRUPT ->
                Diagnosis.permanent(ALL, "is damaged", "put a backup in its place with latchkey restore FILE");
            case SQLITE_CANTOPEN ->
                Diagnosis.permanent(
                        ALL,
                        "cannot be opened",
                        "check that its folder is there, and that this user may read and write the file and the folder");
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                Diagnosis.permanent(
                        WRITING,
                        "cannot be written",
                        "check that this user may write the file, those beside it (-wal, -shm) and the folder, and that"
                                + " the file system is not mounted read-only");
            case SQLITE_FULL ->
                Diagnosis.passing(WRITING, "has no room left on its disk", "free some, or move the store");
            case SQLITE_BUSY, SQLITE_LOCKED ->
                Diagnosis.passing(
                        WRITING,
                        "is locked by another process that writes to it",
                        "try again, or end that process if it hangs");
            case SQLITE_IOERR, SQLITE_PROTOCOL, SQLITE_NOLFS ->
                Diagnosis.passing(
                        ALL,
                        "cannot be read or written",
                        "check the disk, and that the file is on a local one: SQLite's write-ahead log does not work on"
                                + " network shares");
            case SQLITE_NOMEM ->
                Diagnosis.passing(STATEMENT, "needs more memory than there is", "give the process more memory");
            case SQLITE_ERROR, SQLITE_SCHEMA, SQLITE_MISMATCH, SQLITE_CONSTRAINT ->
                Diagnosis.permanent(
                        STATEMENT,
                        "does not have the tables that Latchkey made",
                        "put a backup in its place, or use the Latchkey that made it");
            default -> Diagnosis.passing(STATEMENT, "cannot be used now", "try again");
        };
    }
}
