package dev.latchkey.sql;

import static dev.latchkey.sql.row.Statements.bound;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.row.AuditLog;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Statements;
import dev.latchkey.user.Session;
import dev.latchkey.user.SessionStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sessions in one table, each of them bound to its user's row. */
final class SqlSessionStore implements SessionStore {
    private static final String INSERT =
            "INSERT INTO sessions (token_hash, username, created_at, last_seen_at, address)"
                    + " SELECT ?, name, ?, ?, ? FROM users WHERE name = ? AND password_hash = ?";
    private static final String COLUMNS = "SELECT s.token_hash, s.username, s.created_at, s.last_seen_at, s.address";
    private static final String FIND = COLUMNS + ", u.name, u.role, u.password_hash, u.created_at"
            + " FROM sessions s JOIN users u ON u.name = s.username WHERE s.token_hash = ?";
    private static final String OTHERS = COLUMNS + " FROM sessions s WHERE s.username = ? AND s.token_hash <> ?"
            + " ORDER BY s.last_seen_at DESC, s.created_at DESC, s.token_hash LIMIT ?";
    private static final String TOUCH =
            "UPDATE sessions SET last_seen_at = ? WHERE token_hash = ? AND last_seen_at < ?";
    private static final String DELETE = "DELETE FROM sessions WHERE token_hash = ?";
    private static final String DELETE_OTHERS = "DELETE FROM sessions WHERE username = ? AND token_hash <> ?";
    private static final String PRUNE = "DELETE FROM sessions WHERE created_at < ? OR last_seen_at < ?";

    private final Database database;
    private final AuditLog auditLog;

    SqlSessionStore(Database database, AuditLog auditLog) {
        this.auditLog = auditLog;
        this.database = database;
    }

    @Override
    public boolean insert(Session session, String passwordHash, AuditEvent event) {
        return database.write(connection -> {
            database.dialect().lockStore(connection);
            boolean signedIn = Statements.update(
                            connection,
                            INSERT,
                            session.tokenHash(),
                            session.createdAt(),
                            session.lastSeenAt(),
                            session.address(),
                            session.username(),
                            passwordHash)
                    > 0;
            if (signedIn) {
                auditLog.append(connection, List.of(event));
            }
            return signedIn;
        });
    }

    @Override
    public Optional<SignedIn> find(String tokenHash) {
        return database.query(FIND, find -> Statements.first(bound(find, tokenHash), SqlSessionStore::signedIn));
    }

    @Override
    public void touch(String tokenHash, Instant lastSeenAt) {
        database.change(connection -> Statements.update(connection, TOUCH, lastSeenAt, tokenHash, lastSeenAt));
    }

    @Override
    public void delete(String tokenHash) {
        database.change(connection -> Statements.update(connection, DELETE, tokenHash));
    }

    @Override
    public List<Session> others(String username, String keptTokenHash, int most) {
        return database.query(
                OTHERS,
                select -> Statements.all(bound(select, username, keptTokenHash, most), SqlSessionStore::session));
    }

    @Override
    public void deleteOthers(String username, String keptTokenHash, AuditEvent event) {
        database.change(connection -> {
            if (deleteOthers(connection, username, keptTokenHash) > 0) {
                auditLog.append(connection, List.of(event));
            }
        });
    }

    @Override
    public void prune(Instant createdBefore, Instant seenBefore) {
        database.change(connection -> Statements.update(connection, PRUNE, createdBefore, seenBefore));
    }

    /** Ends every session of a user but one, where that is one of theirs; says how many it were. */
    static int deleteOthers(Connection connection, String username, String keptTokenHash) throws SQLException {
        return Statements.update(connection, DELETE_OTHERS, username, keptTokenHash);
    }

    private static SignedIn signedIn(ResultSet row) throws SQLException {
        return new SignedIn(session(row), SqlUserStore.user(row, 6));
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getString(1), row.getString(2), Column.time(row, 3), Column.time(row, 4), row.getString(5));
    }
}
