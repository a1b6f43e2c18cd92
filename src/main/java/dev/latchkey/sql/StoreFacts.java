package dev.latchkey.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Facts about the store as a whole, beside its version, which {@code SchemaMigrator} keeps. */
enum StoreFacts {
    /** The issuer of the service that was last started on the store. */
    ISSUER("issuer"),
    /** What the store is for, where that is not every service. */
    PURPOSE("purpose");

    private static final String SELECT = "SELECT value FROM latchkey WHERE name = ?";
    private static final String SET = "INSERT INTO latchkey (name, value) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    private static final String ANYTHING = "SELECT 1 WHERE EXISTS (SELECT 1 FROM access_keys)"
            + " OR EXISTS (SELECT 1 FROM scopes) OR EXISTS (SELECT 1 FROM users)"
            + " OR EXISTS (SELECT 1 FROM signing_keys)";

    private final String row;

    StoreFacts(String row) {
        this.row = row;
    }

    Optional<String> read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, row);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
            }
        }
    }

    void set(Connection connection, String value) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement(SET)) {
            set.setString(1, row);
            set.setString(2, value);
            set.executeUpdate();
        }
    }

    /** Whether the store holds no access key, scope, user or signing key yet. */
    static boolean isNew(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ANYTHING);
                ResultSet found = select.executeQuery()) {
            return !found.next();
        }
    }
}
