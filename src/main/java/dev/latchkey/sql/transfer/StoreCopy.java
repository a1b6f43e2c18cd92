package dev.latchkey.sql.transfer;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.database.Database;
import dev.latchkey.sql.database.DatabaseOpener;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Copies every row of every table of a store into an empty database, whichever the two are. The source is read as it is in
 * one moment; schema and rows reach the target in one transaction, some hundred at a time in memory. For one copy.
 */
public final class StoreCopy {
    private static final int BATCH = 500;

    private final Database target;
    private final Connection into;
    private final LongConsumer progress;
    private long done;

    private StoreCopy(Database target, Connection into, LongConsumer progress) {
        this.target = target;
        this.into = into;
        this.progress = progress;
    }

    /**
     * Copies a store.
     *
     * @param from a store; one of an older version is brought up to date first
     * @param to a database without a store, or with one that has no rows
     * @param progress is told now and then how many rows are copied
     * @throws ServiceException of kind {@link ErrorKind#CONFLICT} when there is something at the target; as {@link
     *     DatabaseOpener#open} says for both. Nothing has changed at the target then.
     */
    public static Copied run(String from, String to, LongConsumer progress) {
        try (Database source = DatabaseOpener.open(from, false, null)) {
            return DatabaseOpener.fill(
                    to,
                    (target, connection) ->
                            new Copied(target.shown(), new StoreCopy(target, connection, progress).copy(source)));
        }
    }

    /**
     * What was copied.
     *
     * @param target how messages name the store that it was copied to, without a password
     * @param rows how many each table has, in the order of {@code keys.sql}
     */
    public record Copied(String target, Map<String, Long> rows) {}

    private Map<String, Long> copy(Database source) throws SQLException {
        List<String> tables = target.tables();
        for (String table : tables) {
            checkEmpty(table);
        }
        // The version's row is among those that are copied.
        try (Statement delete = into.createStatement()) {
            delete.executeUpdate("DELETE FROM " + Database.FACTS_TABLE);
        }
        Map<String, Long> rows = source.snapshot(reading -> {
            Map<String, Long> copied = new LinkedHashMap<>();
            for (String table : tables) {
                copied.put(table, copy(table, reading));
            }
            return copied;
        });
        target.dialect().continueIdentities(into, tables);
        return rows;
    }

    private void checkEmpty(String table) throws SQLException {
        try (Statement select = into.createStatement();
                ResultSet row = select.executeQuery("SELECT 1 FROM " + table + " LIMIT 1")) {
            if (!table.equals(Database.FACTS_TABLE) && row.next()) {
                throw ServiceException.conflict("The store " + target.shown() + " is not empty (" + table
                        + " has rows); name an empty database or a file that is not there.");
            }
        }
    }

    private long copy(String table, Connection reading) throws SQLException {
        List<Integer> types = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        try (Statement select = into.createStatement();
                ResultSet none = select.executeQuery("SELECT * FROM " + table + " LIMIT 0")) {
            ResultSetMetaData facts = none.getMetaData();
            for (int i = 1; i <= facts.getColumnCount(); i++) {
                columns.add(facts.getColumnName(i));
                types.add(facts.getColumnType(i));
            }
        }
        String names = String.join(", ", columns);
        String insert = "INSERT INTO " + table + " (" + names + ")"
                + target.dialect().traits().givenIdentity() + " VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        try (Statement select = reading.createStatement()) {
            select.setFetchSize(BATCH);
            try (ResultSet rows = select.executeQuery("SELECT " + names + " FROM " + table)) {
                return insert(insert, rows, types);
            }
        }
    }

    private long insert(String insert, ResultSet rows, List<Integer> types) throws SQLException {
        long count = 0;
        List<Object[]> batch = new ArrayList<>(BATCH);
        while (rows.next()) {
            Object[] values = new Object[types.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.getObject(i + 1);
            }
            batch.add(values);
            if (batch.size() == BATCH) {
                write(insert, batch, types);
            }
            count++;
        }
        write(insert, batch, types);
        return count;
    }

    /** What fails here is the target's failure, and not that of the source which is being read. */
    private void write(String insert, List<Object[]> batch, List<Integer> types) {
        try (PreparedStatement statement = into.prepareStatement(insert)) {
            for (Object[] values : batch) {
                for (int i = 0; i < values.length; i++) {
                    set(statement, i + 1, values[i], types.get(i));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw target.unwritable(e);
        }
        done += batch.size();
        batch.clear();
        progress.accept(done);
    }

    /** One type a column, or PostgreSQL's driver would end a batch whenever it changes; SQLite has narrow integers, too. */
    private static void set(PreparedStatement statement, int place, Object value, int type) throws SQLException {
        if (value == null) {
            statement.setNull(place, type);
        } else if (value instanceof Number number) {
            statement.setLong(place, number.longValue());
        } else {
            statement.setString(place, value.toString());
        }
    }
}
