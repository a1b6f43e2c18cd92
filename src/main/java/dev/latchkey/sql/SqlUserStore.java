package dev.latchkey.sql;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Role;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.database.Dialect.Violation;
import dev.latchkey.sql.row.AuditLog;
import dev.latchkey.sql.row.Column;
import dev.latchkey.sql.row.Statements;
import dev.latchkey.user.User;
import dev.latchkey.user.UserStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Users in one table. */
final class SqlUserStore implements UserStore {
    private static final String SELECT = "SELECT name, role, password_hash, created_at FROM users";
    private static final String AFTER = SELECT + " WHERE name > ? ORDER BY name LIMIT ?";
    /** The names are ASCII, of which both databases make small letters alike. */
    private static final String FIND = SELECT + " WHERE lower(name) = ?";

    private static final String ANY = "SELECT 1 FROM users LIMIT 1";
    private static final String OTHER_OWNER = "SELECT 1 FROM users WHERE role = 'owner' AND name <> ? LIMIT 1";
    private static final String INSERT =
            "INSERT INTO users (name, role, password_hash, created_at) VALUES (?, ?, ?, ?)";
    private static final String UPDATE = "UPDATE users SET role = ?, password_hash = ? WHERE name = ?";
    private static final String DELETE = "DELETE FROM users WHERE name = ?";

    private final Database database;
    private final AuditLog auditLog;

    SqlUserStore(Database database, AuditLog auditLog) {
        this.auditLog = auditLog;
        this.database = database;
    }

    @Override
    public boolean isEmpty() {
        return database.read(connection -> !Statements.exists(connection, ANY));
    }

    @Override
    public List<User> all() {
        return after("", Integer.MAX_VALUE);
    }

    @Override
    public List<User> after(String name, int most) {
        return database.read(connection -> Statements.all(connection, AFTER, row -> user(row, 1), name, most));
    }

    @Override
    public Optional<User> find(String name) {
        return Column.canHold(name) ? database.read(connection -> find(connection, name)) : Optional.empty();
    }

    @Override
    public boolean insertFirst(User user, AuditEvent event) {
        return database.write(connection -> {
            database.dialect().lockStore(connection);
            if (Statements.exists(connection, ANY)) {
                return false;
            }
            insert(connection, user);
            auditLog.append(connection, List.of(event));
            return true;
        });
    }

    @Override
    public void insert(User user, AuditEvent event) {
        database.change(connection -> {
            database.dialect().lockStore(connection);
            for (User other : alike(connection, user.name())) {
                throw ServiceException.conflict("There is a user with this name already: " + other.name()
                        + " (capitals and small letters are one).");
            }
            insert(connection, user);
            auditLog.append(connection, List.of(event));
        });
    }

    @Override
    public Optional<User> update(String name, Function<User, Change> change) {
        return database.write(connection -> {
            database.dialect().lockStore(connection);
            Optional<User> stored =
                    find(connection, name).filter(user -> user.name().equals(name));
            if (stored.isEmpty()) {
                return stored;
            }
            Change outcome = change.apply(stored.get());
            User changed = outcome.user();
            if (changed.role() != Role.OWNER) {
                keepAnOwner(connection, name);
            }
            Statements.update(connection, UPDATE, changed.role().publicName(), changed.passwordHash(), changed.name());
            if (!changed.passwordHash().equals(stored.get().passwordHash())) {
                SqlSessionStore.deleteOthers(
                        connection, name, outcome.keptSession().orElse(""));
            }
            auditLog.append(connection, outcome.events());
            return Optional.of(changed);
        });
    }

    @Override
    public boolean delete(String name, AuditEvent event) {
        return database.write(connection -> {
            database.dialect().lockStore(connection);
            keepAnOwner(connection, name);
            boolean there = Statements.update(connection, DELETE, name) > 0;
            if (there) {
                auditLog.append(connection, List.of(event));
            }
            return there;
        });
    }

    /** Reads a user from four columns of a row. */
    static User user(ResultSet row, int first) throws SQLException {
        String role = row.getString(first + 1);
        return new User(
                row.getString(first),
                Role.fromPublicName(role).orElseThrow(() -> new IllegalStateException("stored role is no role")),
                row.getString(first + 2),
                Column.time(row, first + 3));
    }

    /** Fails when the user is an Owner and there is no other. The store must be locked: two may ask this at once. */
    private static void keepAnOwner(Connection connection, String name) throws SQLException {
        boolean owner =
                find(connection, name).filter(user -> user.role() == Role.OWNER).isPresent();
        if (owner && !Statements.exists(connection, OTHER_OWNER, name)) {
            throw ServiceException.conflict("This is the last Owner; make another user an Owner first.");
        }
    }

    private static Optional<User> find(Connection connection, String name) throws SQLException {
        List<User> alike = alike(connection, name);
        Optional<User> exact =
                alike.stream().filter(user -> user.name().equals(name)).findFirst();
        return exact.isEmpty() && alike.size() == 1 ? Optional.of(alike.get(0)) : exact;
    }

    /** The users of this name, in whatever letters: one, but for stores that are older than that rule. */
    private static List<User> alike(Connection connection, String name) throws SQLException {
        return Statements.all(connection, FIND, row -> user(row, 1), name.toLowerCase(Locale.ROOT));
    }

    private void insert(Connection connection, User user) throws SQLException {
        try {
            Statements.update(
                    connection, INSERT, user.name(), user.role().publicName(), user.passwordHash(), user.createdAt());
        } catch (SQLException e) {
            throw database.dialect().conflict(e, Violation.DUPLICATE, "There is a user with this name already.");
        }
    }
}
