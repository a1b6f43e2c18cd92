package dev.latchkey.sql.database;

import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.files.SqliteLibrary;
import dev.latchkey.sql.files.StoreFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens stores. Thread-safe. */
public final class DatabaseOpener {
    private DatabaseOpener() {}

    /**
     * Opens a store as {@code SqlStore.open} says. Opens one connection, and no other until it is needed.
     *
     * @param create whether a store is made where there is none
     * @param patience how long a call waits for a connection or a lock; null = as befits the database
     */
    public static Database open(String db, boolean create, @Nullable Duration patience) {
        Location location = Location.parse(db);
        Path file = location.file();
        if (file != null) {
            StoreFile.prepare(file, location.shown(), create);
        } else if (location.isMemory() && !create) {
            throw StoreFile.noStore(location.shown());
        }
        @Nullable Database database = null;
        boolean opened = false;
        try {
            database = location.dialect().connect(location, patience);
            new SchemaMigrator(database, location).bringUpToDate(create);
            if (file != null) {
                StoreFile.checkClosedToOthers(file, location.shown());
            }
            opened = true;
            return database;
        } catch (SQLException e) {
            throw openingFailed(location, e);
        } finally {
            if (database != null && !opened) {
                database.close();
            }
        }
    }

    /** The version of SQLite that this process loads, or has. */
    public static String sqliteVersion() throws SQLException {
        SqliteLibrary.load(null);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    /** Rows to write into a database. */
    @FunctionalInterface
    public interface Filling<T> {
        T run(Database database, Connection connection) throws SQLException;
    }

    /**
     * Makes a store and its content in one transaction: where that fails or is killed, there is no store, and one that was
     * there is as it was. Fails as above, and with what the work throws.
     */
    public static <T> T fill(String db, Filling<T> work) {
        Location location = Location.parse(db);
        Path file = location.file();
        if (file != null) {
            StoreFile.prepare(file, location.shown(), true);
        }
        try (Database database = location.dialect().connect(location, null)) {
            return database.writing(connection -> {
                boolean unused = new SchemaMigrator(database, location).apply(connection);
                return work.run(database, connection);
            });
        } catch (SQLException e) {
            throw openingFailed(location, e);
        }
    }

    /** The same in a database of another program, which gives connections to a database or schema of the store's own. */
    public static Database open(DataSource source) {
        Location location = Location.UNKNOWN_SOURCE;
        try {
            location = located(source);
            Database database = new Database(
                    location,
                    new DataSourceConnections(
                            source, location.dialect().traits().beforeWriting()),
                    location.dialect().traits().patience());
            new SchemaMigrator(database, location).bringUpToDate(true);
            return database;
        } catch (SQLException e) {
            throw openingFailed(location, e);
        }
    }

    private static Location located(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            DatabaseMetaData facts = connection.getMetaData();
            return switch (facts.getDatabaseProductName()) {
                case "PostgreSQL" -> Location.ofSource(PostgresqlDialect.INSTANCE, facts.getUserName());
                case "SQLite" -> Location.ofSource(SqliteDialect.INSTANCE, null);
                default ->
                    throw ServiceException.misconfigured(
                            "A store can be in PostgreSQL or SQLite; the data source leads to "
                                    + facts.getDatabaseProductName() + ".");
            };
        }
    }

    /** Whether nothing would be left of the store once it is closed. */
    public static boolean isInMemory(String db) {
        return Location.parse(db).isMemory();
    }

    /** The SQLite file, by its whole path; empty for every other store. */
    public static Optional<Path> file(String db) {
        return Optional.ofNullable(Location.parse(db).file());
    }

    /** What to tell the person who wants to open the store, where that has failed. */
    private static ServiceException openingFailed(Location location, SQLException e) {
        Diagnosis diagnosis = location.dialect().diagnose(location, e);
        return ServiceException.of(diagnosis.kind(), diagnosis.line(location, e), e);
    }
}
