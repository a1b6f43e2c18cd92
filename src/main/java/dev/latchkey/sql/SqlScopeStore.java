package dev.latchkey.sql;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeStore;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.database.Dialect.Violation;
import dev.latchkey.sql.row.AuditLog;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Statements;
import dev.latchkey.sql.row.Statements.Repeated;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The catalogue of scopes in one table. */
final class SqlScopeStore implements ScopeStore {
    private static final String AFTER =
            "SELECT name, description, created_at, created_by FROM scopes WHERE name > ? ORDER BY name LIMIT ?";
    private static final String LISTED = "SELECT name FROM scopes WHERE name IN ";
    private static final String INSERT_IF_MISSING =
            "INSERT INTO scopes (name, description, created_at, created_by) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String DELETE = "DELETE FROM scopes WHERE name = ?";

    private final Database database;
    private final AuditLog auditLog;

    SqlScopeStore(Database database, AuditLog auditLog) {
        this.auditLog = auditLog;
        this.database = database;
    }

    @Override
    public List<Scope> all() {
        return after("", Integer.MAX_VALUE);
    }

    @Override
    public List<Scope> after(String name, int most) {
        return database.read(connection -> after(connection, name, most));
    }

    static List<Scope> after(Connection connection, String name, int most) throws SQLException {
        return Statements.all(connection, AFTER, SqlScopeStore::scope, name, most);
    }

    private static Scope scope(ResultSet row) throws SQLException {
        return new Scope(row.getString(1), row.getString(2), Column.time(row, 3), row.getString(4));
    }

    @Override
    public Set<String> listed(Collection<String> names) {
        return database.read(connection -> listed(connection, names));
    }

    static Set<String> listed(Connection connection, Collection<String> scopes) throws SQLException {
        return Set.copyOf(Statements.allOf(
                connection, LISTED, scopes, "", select -> Statements.all(select, row -> row.getString(1))));
    }

    @Override
    public void insert(List<Scope> scopes, List<AuditEvent> events) {
        database.change(connection -> {
            Set<String> there = insertMissing(connection, scopes);
            if (!there.isEmpty()) {
                throw ServiceException.conflict("The catalogue has "
                        + String.join(", ", there.stream().sorted().toList()) + " already.");
            }
            auditLog.append(connection, events);
        });
    }

    @Override
    public void delete(String name, AuditEvent event) {
        database.change(connection -> {
            if (!Column.canHold(name) || !delete(connection, name)) {
                throw ServiceException.notFound("The catalogue has no scope \"" + FieldError.cut(name) + "\".");
            }
            auditLog.append(connection, List.of(event));
        });
    }

    /** Adds those that are not there, and answers the names of those that are. */
    static Set<String> insertMissing(Connection connection, List<Scope> scopes) throws SQLException {
        Set<String> there = new HashSet<>();
        // In one order everywhere: two transactions that add the same scopes must not wait for each other in a circle.
        List<Scope> ordered =
                scopes.stream().sorted(Comparator.comparing(Scope::name)).toList();
        try (Repeated insert = new Repeated(connection, INSERT_IF_MISSING)) {
            for (Scope scope : ordered) {
                if (insert.update(scope.name(), scope.description(), scope.createdAt(), scope.createdBy()) == 0) {
                    there.add(scope.name());
                }
            }
        }
        return there;
    }

    private boolean delete(Connection connection, String name) throws SQLException {
        try {
            return Statements.update(connection, DELETE, name) > 0;
        } catch (SQLException e) {
            String message = "Access keys still have the scope " + name + "; take it from them or delete them first.";
            throw database.dialect().conflict(e, Violation.REFERENCE, message);
        }
    }
}
