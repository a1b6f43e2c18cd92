package dev.latchkey.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A copy of the tables of keys, scopes and revocations beside them, to go back to. For a store that is thrown away. */
final class KeySnapshot {
    private static final String COPY = "initial_";

    /** What others refer to comes before them. */
    private static final List<String> TABLES =
            List.of(("scopes issuers access_keys access_key_scopes access_key_secrets"
                            + " access_key_scope_uses federated_subjects revoked_tokens deleted_keys")
                    .split(" ", -1));

    private KeySnapshot() {}

    static void keep(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.executeUpdate("CREATE TABLE " + COPY + table + " AS SELECT * FROM " + table);
            }
        }
    }

    static void restore(Connection connection) throws SQLException {
        List<String> lastFirst = new ArrayList<>(TABLES);
        Collections.reverse(lastFirst);
        try (Statement statement = connection.createStatement()) {
            for (String table : lastFirst) {
                statement.executeUpdate("DELETE FROM " + table);
            }
            for (String table : TABLES) {
                statement.executeUpdate("INSERT INTO " + table + " SELECT * FROM " + COPY + table);
            }
        }
    }
}
