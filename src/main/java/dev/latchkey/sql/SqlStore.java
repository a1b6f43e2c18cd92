package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.advice.ScopeHistoryStore;
import dev.latchkey.accesskey.importing.ImportStore;
import dev.latchkey.accesskey.statistics.KeyStatisticsStore;
import dev.latchkey.audit.AuditListener;
import dev.latchkey.audit.AuditStore;
import dev.latchkey.client.AssertionStore;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.TrustedIssuerStore;
import dev.latchkey.scope.ScopeStore;
import dev.latchkey.signingkey.SigningKeyStore;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.database.DatabaseOpener;
import dev.latchkey.sql.database.OutageListener;
import dev.latchkey.sql.row.AuditLog;
import dev.latchkey.sql.transfer.Backup;
import dev.latchkey.token.TokenStore;
import dev.latchkey.user.SessionStore;
import dev.latchkey.user.UserStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * An open store in SQLite or PostgreSQL. Thread-safe; so are the stores it hands out, which work until it is closed and
 * fail with {@link ErrorKind#UNAVAILABLE} from then on.
 *
 * <p>A SQLite file may be open in as many processes as there are, and more than once in this one by way of this class. A
 * connection that this process has opened otherwise must be closed before the store is, or loses its locks then
 * (POSIX).
 */
public final class SqlStore implements AutoCloseable {
    /** What to do where there is no store yet. */
    public enum Mode {
        /** Fail: only a store that is there is wanted. */
        EXISTING,
        /** Make one. */
        CREATE
    }

    private final Database database;
    private final AuditLog auditLog;
    private final @Nullable KeyLookups lookups;
    private final SqlAccessKeyStore accessKeys;

    private SqlStore(Database database) {
        this.database = database;
        this.auditLog = new AuditLog(database);
        this.lookups = database.dialect().traits().isAcrossNetwork() ? new KeyLookups(database) : null;
        this.accessKeys = new SqlAccessKeyStore(database, auditLog, lookups);
    }

    /**
     * Opens a store and brings its schema up to date. Opening one that is up to date writes nothing.
     *
     * @param db a SQLite file, {@code :memory:}, or a {@code jdbc:sqlite:} or {@code jdbc:postgresql:} URL
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when there is no store and none may be made, what is
     *     there is not a store of this version or an older one, or its files are not closed to others; {@link ErrorKind#UNAVAILABLE} when the database
     *     does not answer. No message holds a password.
     */
    public static SqlStore open(String db, Mode mode) {
        return open(db, mode, null);
    }

    /**
     * Opens a store in a database of the program that this runs in, and makes one where there is none; fails as above. The
     * source gives connections to a database or schema of the store's own, pooled, and is not closed with the store.
     */
    public static SqlStore open(DataSource source) {
        return new SqlStore(DatabaseOpener.open(source));
    }

    /** Whether this is a file that is not there; false where only opening it would tell. */
    public static boolean isMissing(String db) {
        return DatabaseOpener.file(db).filter(Files::notExists).isPresent();
    }

    /** Whether nothing would be left of the store once it is closed. */
    public static boolean isInMemory(String db) {
        return DatabaseOpener.isInMemory(db);
    }

    /** The folder in which a SQLite file lies; empty for every other store. */
    public static Optional<Path> folder(String db) {
        return DatabaseOpener.file(db).map(Path::getParent);
    }

    /** As above; {@code patience} as {@link DatabaseOpener#open} has it. */
    static SqlStore open(String db, Mode mode, @Nullable Duration patience) {
        return new SqlStore(DatabaseOpener.open(db, mode == Mode.CREATE, patience));
    }

    public AccessKeyStore accessKeys() {
        return accessKeys;
    }

    public ScopeHistoryStore scopeHistories() {
        return accessKeys;
    }

    public ImportStore imports() {
        return accessKeys;
    }

    public KeyStatisticsStore keyStatistics() {
        return new SqlKeyStatistics(database);
    }

    public ScopeStore scopes() {
        return new SqlScopeStore(database, auditLog);
    }

    public SigningKeyStore signingKeys() {
        return new SqlSigningKeyStore(database, auditLog);
    }

    public AssertionStore assertions() {
        return new SqlAssertionStore(database);
    }

    public TrustedIssuerStore issuers() {
        return new SqlIssuerStore(database, auditLog);
    }

    public TokenStore tokens() {
        return new SqlTokenStore(database);
    }

    public UserStore users() {
        return new SqlUserStore(database, auditLog);
    }

    public SessionStore sessions() {
        return new SqlSessionStore(database, auditLog);
    }

    public AuditStore audit() {
        return new SqlAuditStore(database, auditLog);
    }

    /** How messages name the store, without a password. */
    public String shown() {
        return database.shown();
    }

    public StoreFacts facts() {
        return new StoreFacts(database);
    }

    /** Keeps what keys, scopes and revocations there are now, for {@link #restoreKeys}. */
    public void keepKeys() {
        database.change(KeySnapshot::keep);
    }

    /** Brings keys, scopes and revocations back to what {@link #keepKeys} found, in one transaction. */
    public void restoreKeys() {
        database.change(KeySnapshot::restore);
    }

    /** Whether the store can be read now. */
    public boolean isReadable() {
        try {
            database.ping();
            return true;
        } catch (ServiceException e) {
            return false;
        }
    }

    /** Whether looking up one key takes microseconds beside any writer, as in a file; elsewhere it may have to wait. */
    public boolean readsPromptly() {
        return database.readsPromptly();
    }

    /** Copies the store as it is at one moment into a new file, as {@link Backup#write} says; others go on writing. */
    public void backup(Path file) {
        Backup.write(database, file);
    }

    /** From here on, the listener is told of outages, and failures say so ({@link ServiceException#isLogged}). */
    public void listen(OutageListener listener) {
        database.listen(listener);
    }

    /** From here on, the listener is told of each change that this process makes. */
    public void listen(AuditListener listener) {
        auditLog.listen(listener);
    }

    /** Closes every connection. Closing again does nothing. */
    @Override
    public void close() {
        if (lookups != null) {
            lookups.close();
        }
        database.close();
    }
}
