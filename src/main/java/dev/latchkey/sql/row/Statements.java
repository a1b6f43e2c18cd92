package dev.latchkey.sql.row;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements with their values, and the rows they find. A value is a text (which may be null), an integer, a truth value, or
 * a time or duration in whole seconds; of these {@link #orNull} says that they may be null.
 */
public final class Statements {
    private static final Object NO_NUMBER = new Object();

    /** So many values in one statement, which is fewer than either database permits. */
    private static final int VALUES_AT_ONCE = 500;

    private Statements() {}

    /** Reads the row that a result stands on. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** A value of a column of numbers: PostgreSQL takes no null of a text there. */
    public static Object orNull(@Nullable Object number) {
        return number == null ? NO_NUMBER : number;
    }

    /** The statement with these values. */
    public static PreparedStatement bound(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value instanceof Instant time) {
                statement.setLong(i + 1, time.getEpochSecond());
            } else if (value instanceof Duration duration) {
                statement.setLong(i + 1, duration.toSeconds());
            } else if (value instanceof Boolean flag) {
                statement.setLong(i + 1, flag ? 1 : 0);
            } else if (value instanceof Number number) {
                statement.setLong(i + 1, number.longValue());
            } else if (value == NO_NUMBER) {
                statement.setNull(i + 1, Types.BIGINT);
            } else {
                statement.setString(i + 1, (String) value);
            }
        }
        return statement;
    }

    /** Answers how many rows were changed. */
    public static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return bound(statement, values).executeUpdate();
        }
    }

    public static <T> List<T> all(Connection connection, String sql, Row<T> row, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            return all(bound(select, values), row);
        }
    }

    public static <T> List<T> all(PreparedStatement select, Row<T> row) throws SQLException {
        List<T> found = new ArrayList<>();
        try (ResultSet result = select.executeQuery()) {
            while (result.next()) {
                found.add(row.read(result));
            }
        }
        return List.copyOf(found);
    }

    public static <T> Optional<T> first(Connection connection, String sql, Row<T> row, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            return first(bound(select, values), row);
        }
    }

    public static <T> Optional<T> first(PreparedStatement select, Row<T> row) throws SQLException {
        try (ResultSet result = select.executeQuery()) {
            return result.next() ? Optional.of(row.read(result)) : Optional.empty();
        }
    }

    /** Whether it finds a row. */
    public static boolean exists(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        return first(connection, sql, row -> true, values).isPresent();
    }

    /** What a select finds. */
    @FunctionalInterface
    public interface Rows<T> {
        List<T> read(PreparedStatement select) throws SQLException;
    }

    /** Selects by any number of values, which follow {@code beginning} in parentheses, in as many statements as they need. */
    public static <T> List<T> allOf(
            Connection connection, String beginning, Collection<String> values, String end, Rows<T> rows)
            throws SQLException {
        List<T> found = new ArrayList<>();
        List<String> all = values.stream().filter(Column::canHold).toList();
        for (int i = 0; i < all.size(); i += VALUES_AT_ONCE) {
            List<String> some = all.subList(i, Math.min(all.size(), i + VALUES_AT_ONCE));
            String places = "(" + String.join(", ", Collections.nCopies(some.size(), "?")) + ")";
            try (PreparedStatement select = connection.prepareStatement(beginning + places + end)) {
                found.addAll(rows.read(bound(select, some.toArray())));
            }
        }
        return found;
    }

    /** A statement that runs with the values of many rows. For one thread. */
    public static final class Repeated implements AutoCloseable {
        private final PreparedStatement statement;

        public Repeated(Connection connection, String sql) throws SQLException {
            this.statement = connection.prepareStatement(sql);
        }

        /** Runs it; answers how many rows were changed. */
        public int update(@Nullable Object... values) throws SQLException {
            return bound(statement, values).executeUpdate();
        }

        /** Has {@link #run} run it too. */
        public void add(@Nullable Object... values) throws SQLException {
            bound(statement, values).addBatch();
        }

        /** Answers how many rows each that was added has changed. */
        public int[] run() throws SQLException {
            return statement.executeBatch();
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }
}
