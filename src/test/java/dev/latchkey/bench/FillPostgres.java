package dev.latchkey.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Makes a store in PostgreSQL large, by copies of a key. */
final class FillPostgres {
    private FillPostgres() {}

    /** Copies of one key under the ids of {@link Request#keyOf}, not in order. */
    static void keys(Connection database, String template, int keys) throws SQLException {
        execute(database, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        for (String table : List.of("access_keys", "access_key_scopes", "access_key_secrets")) {
            boolean itself = table.equals("access_keys");
            String changed = itself ? "'id', v, 'name', v" : "'key_id', v";
            execute(
                    database,
                    "INSERT INTO " + table + " SELECT r.* FROM " + table
                            + " t, (SELECT 'key' || lpad((n::bigint * 7919 % " + keys
                            + ")::text, 6, '0') AS v FROM generate_series(0, " + (keys - 1)
                            + ") n) c, LATERAL jsonb_populate_record(t, jsonb_build_object(" + changed + ")) r WHERE t."
                            + (itself ? "id" : "key_id") + " = '" + template + "'");
        }
        execute(database, "VACUUM ANALYZE", "CHECKPOINT");
    }

    private static void execute(Connection database, String... statements) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }
}
