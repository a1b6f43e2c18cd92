package dev.latchkey.sql.database;

import static dev.latchkey.sql.database.Diagnosis.Effect.ALL;
import static dev.latchkey.sql.database.Diagnosis.Effect.STATEMENT;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes (sqlite.org/rescode.html) mean for a store. */
final class SqliteFailures {
    private static final Map<String, Diagnosis> KNOWN = Diagnosis.table("""
            SQLITE_NOTADB ALL MISCONFIGURED | is not a SQLite database | name another file with --db, or put a backup in \
            its place
            SQLITE_CORRUPT ALL MISCONFIGURED | is damaged | put a backup in its place with latchkey restore FILE
            SQLITE_CANTOPEN ALL MISCONFIGURED | cannot be opened | check that its folder is there, and that this user may \
            read and write the file and the folder
            SQLITE_READONLY,SQLITE_PERM,SQLITE_AUTH WRITING MISCONFIGURED | cannot be written | check that this user may \
            write the file, those beside it (-wal, -shm) and the folder, and that the file system is not mounted read-only
            SQLITE_FULL WRITING UNAVAILABLE | has no room left on its disk | free some, or move the store
            SQLITE_BUSY,SQLITE_LOCKED WRITING UNAVAILABLE | is locked by another process that writes to it | try again, \
            or end that process if it hangs
            SQLITE_IOERR,SQLITE_PROTOCOL,SQLITE_NOLFS ALL UNAVAILABLE | cannot be read or written | check the disk, and \
            that the file is on a local one: SQLite's write-ahead log does not work on network shares
            SQLITE_NOMEM STATEMENT UNAVAILABLE | needs more memory than there is | give the process more memory
            SQLITE_ERROR,SQLITE_SCHEMA,SQLITE_MISMATCH,SQLITE_CONSTRAINT STATEMENT MISCONFIGURED | does not have the \
            tables that Latchkey made | put a backup in its place, or use the Latchkey that made it
            """);

    private static final Diagnosis UNKNOWN = Diagnosis.passing(STATEMENT, "cannot be used now", "try again");

    private SqliteFailures() {}

    static Diagnosis diagnose(SQLException failure) {
        if (Dialect.innermost(failure) instanceof SQLiteException e) {
            return KNOWN.getOrDefault(
                    SQLiteErrorCode.getErrorCode(primaryCode(e)).name(), UNKNOWN);
        }
        if (failure instanceof SQLNonTransientConnectionException) {
            return Diagnosis.permanent(
                    ALL, "is not the file any more that was opened", "put it back, or start the service again");
        }
        if (failure instanceof SQLTransientConnectionException) {
            return Diagnosis.passing(STATEMENT, "has no connection to spare", "try again, with fewer requests at once");
        }
        return UNKNOWN;
    }

    /** The result code without what extends it. */
    static int primaryCode(SQLiteException e) {
        return e.getResultCode().code & 0xFF;
    }
}
