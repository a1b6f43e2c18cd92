package dev.latchkey.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes a store large, by copies of what is in it, in one transaction. No service may be running on it. */
final class Fill implements AutoCloseable {
    private static final String NUMBERS =
            "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?) ";

    private final Connection connection;
    private final int rows;

    private Fill(Connection connection, int rows) {
        this.connection = connection;
        this.rows = rows;
    }

    /** Copies of the store's key, with its secret, under the ids of {@link Request#keyOf}. */
    static void keys(Store store, int keys) throws IOException {
        run(store, keys, fill -> {
            // Not in order: ids are random in a store that has grown. 7919 has no factor in common with a power of ten.
            String id = "printf('key%06d', n * 7919 % " + keys + ")";
            String template = "'" + store.id() + "'";
            fill.copies("access_keys", "id = " + template, Map.of("id", id, "name", id));
            fill.copies("access_key_scopes", "key_id = " + template, Map.of("key_id", id));
            fill.copies("access_key_secrets", "key_id = " + template, Map.of("key_id", id));
        });
    }

    /** As many revoked tokens, which live for a day yet, and as many audit events. */
    static void records(Store store, int rows) throws IOException {
        run(store, rows, fill -> {
            fill.insert("INSERT INTO revoked_tokens (id, expires_at)"
                    + " SELECT lower(hex(randomblob(16))), strftime('%s', 'now') + 86400 FROM numbers");
            fill.copies(
                    "audit_events",
                    "id = (SELECT max(id) FROM audit_events)",
                    Map.of("id", "NULL", "subject", "printf('key%06d', n)"));
        });
    }

    private interface Filling {
        void into(Fill fill) throws SQLException;
    }

    private static void run(Store store, int rows, Filling filling) throws IOException {
        try (Fill fill = new Fill(DriverManager.getConnection("jdbc:sqlite:" + store.db()), rows)) {
            fill.execute("PRAGMA synchronous = OFF", "PRAGMA cache_size = -200000", "BEGIN");
            filling.into(fill);
            fill.execute("COMMIT", "PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw new IOException("the store cannot be filled", e);
        }
    }

    /** Copies of one row, all columns alike but those that an expression is given for; its {@code n} is the copy's number. */
    private void copies(String table, String where, Map<String, String> changed) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet found = select.executeQuery("SELECT name FROM pragma_table_info('" + table + "')")) {
            while (found.next()) {
                columns.add(found.getString(1));
            }
        }
        List<String> values = columns.stream()
                .map(name -> changed.getOrDefault(name, table + "." + name))
                .toList();
        insert("INSERT INTO " + table + " (" + String.join(", ", columns) + ") SELECT " + String.join(", ", values)
                + " FROM " + table + ", numbers WHERE " + table + "." + where);
    }

    private void insert(String statement) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(NUMBERS + statement)) {
            insert.setInt(1, rows);
            insert.executeUpdate();
        }
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
