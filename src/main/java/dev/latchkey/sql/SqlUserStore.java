package dev.latchkey.sql;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Role;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.row.AuditLog;
import dev.latchkey.sql.row.Column;
import dev.latchkey.user.User;
import dev.latchkey.user.UserChange;
import dev.latchkey.user.UserStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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
        return database.read(SqlUserStore::isEmpty);
    }

    @Override
    public List<User> all() {
        return after("", Integer.MAX_VALUE);
    }

    @Override
    public List<User> after(String name, int most) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(AFTER)) {
                select.setString(1, name);
                select.setLong(2, most);
                return users(select);
            }
        });
    }

    @Override
    public Optional<User> find(String name) {
        return Column.canHold(name) ? database.read(connection -> find(connection, name)) : Optional.empty();
    }

    @Override
    public boolean insertFirst(User user, AuditEvent event) {
        return database.write(connection -> {
            database.dialect().lockStore(connection);
            if (!isEmpty(connection)) {
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
                throw ServiceException.of(
                        ErrorKind.CONFLICT,
                        "There is a user with this name already: " + other.name()
                                + " (capitals and small letters are one).");
            }
            insert(connection, user);
            auditLog.append(connection, List.of(event));
        });
    }

    @Override
    public Optional<User> update(String name, UserChange change) {
        return database.write(connection -> {
            database.dialect().lockStore(connection);
            Optional<User> stored =
                    find(connection, name).filter(user -> user.name().equals(name));
            if (stored.isEmpty()) {
                return stored;
            }
            UserChange.Outcome outcome = change.of(stored.get());
            User changed = outcome.user();
            if (changed.role() != Role.OWNER) {
                keepAnOwner(connection, name);
            }
            update(connection, changed);
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
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setString(1, name);
                boolean there = delete.executeUpdate() > 0;
                if (there) {
                    auditLog.append(connection, List.of(event));
                }
                return there;
            }
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
        if (!owner) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement(OTHER_OWNER)) {
            select.setString(1, name);
            try (ResultSet other = select.executeQuery()) {
                if (!other.next()) {
                    throw ServiceException.of(
                            ErrorKind.CONFLICT, "This is the last Owner; make another user an Owner first.");
                }
            }
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
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setString(1, name.toLowerCase(Locale.ROOT));
            return users(select);
        }
    }

    private static List<User> users(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            List<User> users = new ArrayList<>();
            while (row.next()) {
                users.add(user(row, 1));
            }
            return List.copyOf(users);
        }
    }

    private void insert(Connection connection, User user) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, user.name());
            insert.setString(2, user.role().publicName());
            insert.setString(3, user.passwordHash());
            Column.set(insert, 4, user.createdAt());
            insert.executeUpdate();
        } catch (SQLException e) {
            if (database.dialect().isDuplicate(e)) {
                throw ServiceException.of(ErrorKind.CONFLICT, "There is a user with this name already.", e);
            }
            throw e;
        }
    }

    private static void update(Connection connection, User user) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setString(1, user.role().publicName());
            update.setString(2, user.passwordHash());
            update.setString(3, user.name());
            update.executeUpdate();
        }
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ANY);
                ResultSet row = select.executeQuery()) {
            return !row.next();
        }
    }
}
