package dev.latchkey.sql;

import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.row.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Facts about the store as a whole, beside its version, which {@code SchemaMigrator} keeps. Thread-safe. */
public final class StoreFacts {
    private static final String ISSUER = "issuer";
    private static final String PURPOSE = "purpose";

    private static final String SELECT = "SELECT value FROM latchkey WHERE name = ?";
    private static final String SET = "INSERT INTO latchkey (name, value) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    /** Finds a row when the store holds an access key, scope, user or signing key. */
    private static final String ANYTHING = "SELECT 1 WHERE EXISTS (SELECT 1 FROM access_keys)"
            + " OR EXISTS (SELECT 1 FROM scopes) OR EXISTS (SELECT 1 FROM users)"
            + " OR EXISTS (SELECT 1 FROM signing_keys)";

    private final Database database;

    StoreFacts(Database database) {
        this.database = database;
    }

    /** What holds the store: {@code sqlite}, {@code postgresql}, or {@code memory}, of which nothing is left. */
    public String kind() {
        return database.shown().equals(":memory:")
                ? "memory"
                : database.dialect().traits().name();
    }

    /** The issuer that a service on this store had when it was last started; empty = none was. */
    public Optional<String> issuerLastServed() {
        return database.read(connection -> read(connection, ISSUER));
    }

    /** Notes the issuer of a service that starts; writes nothing when it is that of the last one. */
    public void noteIssuer(String issuer) {
        if (!issuerLastServed().equals(Optional.of(issuer))) {
            database.change(connection -> set(connection, ISSUER, issuer));
        }
    }

    /** What the store is for, where it is not for every service; empty = any may use it. */
    public Optional<String> purpose() {
        return database.read(connection -> read(connection, PURPOSE));
    }

    /** Sets a store apart for this purpose, if nothing is in it yet; answers whether it is for this purpose now. */
    public boolean reserveFor(String purpose) {
        return database.write(connection -> {
            Optional<String> known = read(connection, PURPOSE);
            if (known.isEmpty() && !Statements.exists(connection, ANYTHING)) {
                set(connection, PURPOSE, purpose);
                return true;
            }
            return known.equals(Optional.of(purpose));
        });
    }

    private static Optional<String> read(Connection connection, String name) throws SQLException {
        return Statements.first(connection, SELECT, row -> row.getString(1), name);
    }

    private static void set(Connection connection, String name, String value) throws SQLException {
        Statements.update(connection, SET, name, value);
    }
}
