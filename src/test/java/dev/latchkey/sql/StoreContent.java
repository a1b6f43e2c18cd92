package dev.latchkey.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every row of every table of a store, past the adapter: the rows of one are text, and sorted. */
final class StoreContent {
    private StoreContent() {}

    static Map<String, List<String>> of(TestDatabase.Connecting place) throws SQLException {
        Map<String, List<String>> content = new TreeMap<>();
        try (Connection connection = place.connect()) {
            for (String table : tables(connection)) {
                content.put(table, rows(connection, table));
            }
        }
        return content;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        boolean postgresql = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        postgresql
                                ? "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                                : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        return tables;
    }

    private static List<String> rows(Connection connection, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
            while (row.next()) {
                Map<String, String> values = new TreeMap<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.put(row.getMetaData().getColumnName(i), row.getString(i));
                }
                rows.add(values.toString());
            }
        }
        rows.sort(null);
        return rows;
    }
}
