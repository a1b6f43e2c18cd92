package dev.latchkey.sql.database;

import dev.latchkey.sql.database.Dialect.Violation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. Thread-safe. */
final class PostgresqlDialect implements Dialect {
    static final PostgresqlDialect INSTANCE = new PostgresqlDialect();

    /** Its patience is short, so that callers hear soon that the database is away. */
    private static final Traits TRAITS = new Traits(
            "postgresql",
            "BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            "TEXT COLLATE \"C\"",
            "SELECT count(*), 0 FROM pg_class WHERE relname = 'latchkey' AND pg_table_is_visible(oid)",
            " OVERRIDING SYSTEM VALUE",
            null,
            Duration.ofSeconds(3),
            true);

    /** Shorter than the silence while writing: the server shall not go on waiting for a caller who has given up. */
    private static final String LIMIT_WAITING_FOR_LOCKS = "SET LOCAL lock_timeout = '8s'";

    private PostgresqlDialect() {}

    @Override
    public Traits traits() {
        return TRAITS;
    }

    @Override
    public Database connect(Location location, @Nullable Duration patience) throws SQLException {
        Duration wait = patience == null ? TRAITS.patience() : patience;
        return new Database(location, PostgresqlConnections.open(location, wait), wait);
    }

    @Override
    public void begin(Connection connection, Duration patience) throws SQLException {
        connection.setAutoCommit(false);
        Dialect.execute(connection, LIMIT_WAITING_FOR_LOCKS);
    }

    /** Of the transaction and not of the session, which behind a pooler is another's next. */
    @Override
    public void beginReading(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        Dialect.execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    }

    @Override
    public void continueIdentities(Connection connection, List<String> tables) throws SQLException {
        for (String table : tables) {
            for (String column : identities(connection, table)) {
                Dialect.execute(
                        connection,
                        "SELECT setval(pg_get_serial_sequence('" + table + "', '" + column + "'), max(" + column
                                + ")) FROM " + table);
            }
        }
    }

    private static List<String> identities(Connection connection, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT attname FROM pg_attribute" + " WHERE attrelid = CAST(? AS regclass) AND attidentity <> ''")) {
            select.setString(1, table);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    columns.add(row.getString(1));
                }
            }
        }
        return columns;
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.commit();
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        connection.rollback();
    }

    @Override
    public void lockStore(Connection connection) throws SQLException {
        Dialect.execute(connection, "SELECT pg_advisory_xact_lock(5495314210735383929)");
    }

    @Override
    public boolean wipeOverwritten(Connection connection, String table, Duration patience) throws SQLException {
        Dialect.execute(connection, "VACUUM FULL " + table);
        return true;
    }

    @Override
    public Violation violation(SQLException e) {
        return switch (String.valueOf(Dialect.innermost(e).getSQLState())) {
            case "23505" -> Violation.DUPLICATE;
            // foreign_key_violation, and restrict_violation, which PostgreSQL 18 and later use for RESTRICT
            case "23503", "23001" -> Violation.REFERENCE;
            // deadlock_detected, serialization_failure
            case "40P01", "40001" -> Violation.DEADLOCK;
            // undefined_table, invalid_schema_name
            case "42P01", "3F000" -> Violation.NO_TABLE;
            default -> Violation.NONE;
        };
    }

    @Override
    public Diagnosis diagnose(Location location, SQLException failure) {
        return PostgresqlFailures.diagnose(PostgresqlSource.of(location), failure);
    }
}
