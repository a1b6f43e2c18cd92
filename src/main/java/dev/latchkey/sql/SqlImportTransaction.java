package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.importing.AccessKeyImportPlan;
import dev.latchkey.accesskey.importing.AccessKeyImportPlan.Change;
import dev.latchkey.accesskey.importing.ImportTransaction;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.scope.Scope;
import dev.latchkey.sql.database.Connections;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.database.Dialect;
import dev.latchkey.sql.database.Dialect.Violation;
import dev.latchkey.sql.row.AuditLog;
import dev.latchkey.sql.row.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One import on one connection. For one thread. */
final class SqlImportTransaction implements ImportTransaction {
    private static final String BY_ID = AccessKeyRows.selectFrom("access_keys") + " WHERE k.id IN ";
    private static final String IN_ORDER = " ORDER BY k.id, s.place";
    private static final String AFTER =
            AccessKeyRows.selectFrom("(SELECT * FROM access_keys WHERE id > ? ORDER BY id LIMIT ?)") + IN_ORDER;
    private static final String BY_NAME = "SELECT name, min(id), max(id) FROM access_keys WHERE name IN ";
    private static final String A_NAME_EACH = " GROUP BY name";

    private final Connection connection;
    private final Dialect dialect;
    private final AccessKeyWriter writer;
    private final AuditLog auditLog;

    SqlImportTransaction(Connection connection, Dialect dialect, AccessKeyWriter writer, AuditLog auditLog) {
        this.connection = connection;
        this.dialect = dialect;
        this.writer = writer;
        this.auditLog = auditLog;
    }

    /**
     * Runs an import's work.
     *
     * @throws SQLException what the database said
     * @throws ServiceException of kind {@link ErrorKind#CONFLICT} when it ended the transaction for others' sake
     */
    <T> T run(Function<ImportTransaction, T> work) throws SQLException {
        try {
            return work.apply(this);
        } catch (DatabaseException e) {
            throw dialect.conflict(
                    e.failure, Violation.DEADLOCK, "Keys were changed by another writer meanwhile; import again.");
        }
    }

    /** Carries a failure through code that does not know databases. */
    private static final class DatabaseException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SQLException failure;

        DatabaseException(SQLException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private <T> T reading(Connections.Work<T> work) {
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private void changing(Database.Change change) {
        boolean unused = reading(given -> {
            change.run(given);
            return true;
        });
    }

    @Override
    public Map<String, AccessKey> findAll(Collection<String> ids) {
        return reading(given -> Statements.allOf(given, BY_ID, ids, IN_ORDER, AccessKeyRows::readAll)).stream()
                .collect(Collectors.toMap(AccessKey::id, Function.identity()));
    }

    @Override
    public Map<String, List<String>> idsByName(Collection<String> names) {
        return reading(given -> Statements.allOf(
                        given,
                        BY_NAME,
                        names,
                        A_NAME_EACH,
                        select -> Statements.all(select, SqlImportTransaction::ids)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map.Entry<String, List<String>> ids(ResultSet row) throws SQLException {
        String first = row.getString(2);
        String last = row.getString(3);
        return Map.entry(row.getString(1), first.equals(last) ? List.of(first) : List.of(first, last));
    }

    @Override
    public Set<String> listed(Collection<String> scopes) {
        return reading(given -> SqlScopeStore.listed(given, scopes));
    }

    @Override
    public List<AccessKey> keysAfter(String id, int most) {
        return reading(given -> {
            try (PreparedStatement select = given.prepareStatement(AFTER)) {
                return AccessKeyRows.readAll(Statements.bound(select, id, most));
            }
        });
    }

    @Override
    public List<Scope> scopesAfter(String name, int most) {
        return reading(given -> SqlScopeStore.after(given, name, most));
    }

    @Override
    public List<TrustedIssuer> issuers() {
        return reading(SqlIssuerStore::all);
    }

    @Override
    public void put(TrustedIssuer issuer, AuditEvent event) {
        changing(given -> {
            SqlIssuerStore.put(given, issuer);
            auditLog.append(given, List.of(event));
        });
    }

    @Override
    public void delete(List<AccessKey> keys, List<AuditEvent> events) {
        List<String> ids = keys.stream().map(AccessKey::id).toList();
        List<Long> revisions = keys.stream().map(AccessKey::revision).toList();
        if (!reading(given -> SqlAccessKeyStore.delete(given, auditLog, ids, revisions, events))) {
            throw changedMeanwhile();
        }
    }

    @Override
    public void apply(AccessKeyImportPlan step) {
        changing(given -> write(step));
    }

    private void write(AccessKeyImportPlan step) throws SQLException {
        // By id everywhere: two transactions that change the same keys must not wait for each other in a circle.
        List<Change> changes = step.changes().stream()
                .sorted(Comparator.comparing(change -> change.key().id()))
                .toList();
        List<Change> replaced =
                changes.stream().filter(change -> !change.isNew()).toList();
        List<AccessKey> added = new ArrayList<>();
        changes.stream().filter(Change::isNew).forEach(change -> added.add(change.key()));
        Set<String> nameMustBeFree = changes.stream()
                .filter(change -> change.isNew() && change.nameMustBeFree())
                .map(change -> change.key().id())
                .collect(Collectors.toSet());
        Set<String> there = SqlScopeStore.insertMissing(connection, step.newScopes());
        writer.insert(connection, added, nameMustBeFree);
        List<Long> revisions = replaced.stream().map(Change::replacedRevision).toList();
        if (!writer.update(connection, replaced.stream().map(Change::key).toList(), revisions)) {
            throw changedMeanwhile();
        }
        auditLog.appendHappened(connection, step.events(), there);
    }

    private static ServiceException changedMeanwhile() {
        return ServiceException.conflict("A key was changed by others meanwhile; import again.");
    }
}
