package dev.latchkey.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Facts about the store as a whole, beside its version, which {@code SchemaMigrator} keeps. */
final class StoreFacts {
    private static final String SELECT = "SELECT value FROM latchkey WHERE name = 'issuer'";
    private static final String SET = "INSERT INTO latchkey (name, value) VALUES ('issuer', ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    private StoreFacts() {}

    static Optional<String> issuer(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    static void setIssuer(Connection connection, String issuer) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement(SET)) {
            set.setString(1, issuer);
            set.executeUpdate();
        }
    }
}
