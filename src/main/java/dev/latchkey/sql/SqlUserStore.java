package dev.latchkey.sql;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.user.User;
import dev.latchkey.user.UserStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Users in one table. */
final class SqlUserStore implements UserStore {
    private static final String ANY = "SELECT 1 FROM users LIMIT 1";
    private static final String INSERT =
            "INSERT INTO users (name, role, password_hash, created_at) VALUES (?, ?, ?, ?)";

    private final Database database;

    SqlUserStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean isEmpty() {
        return database.read(SqlUserStore::isEmpty);
    }

    @Override
    public boolean insertFirst(User user, AuditEvent event) {
        return database.write(connection -> {
            database.dialect().lockStore(connection);
            if (!isEmpty(connection)) {
                return false;
            }
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, user.name());
                insert.setString(2, user.role().publicName());
                insert.setString(3, user.passwordHash());
                Column.set(insert, 4, user.createdAt());
                insert.executeUpdate();
            }
            AuditLog.append(connection, List.of(event));
            return true;
        });
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ANY);
                ResultSet row = select.executeQuery()) {
            return !row.next();
        }
    }
}
