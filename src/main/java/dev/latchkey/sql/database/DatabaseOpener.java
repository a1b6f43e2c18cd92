package dev.latchkey.sql.database;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.files.SqliteLibrary;
import dev.latchkey.sql.files.StoreFile;
import java.nio.file.Files;
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
     * Opens a store and brings its schema up to date. Opens one connection, and no other until it is needed; a store that
     * is up to date is not written to.
     *
     * @param db a SQLite file, {@code :memory:}, or a {@code jdbc:sqlite:} or {@code jdbc:postgresql:} URL
     * @param create whether a store is made where there is none
     * @param patience how long a call waits for a connection or a lock; null = as befits the database
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when there is no store and none may be made, or
     *     what is there is not a store of this version or an older one; {@link ErrorKind#UNAVAILABLE} when the database
     *     does not answer. No message holds a password.
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
     * there is as it was.
     *
     * @param db where to, as above
     * @throws ServiceException as above, and what the work throws
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

    /**
     * Opens a store in a database of another program, and brings its schema up to date.
     *
     * @param source of connections to PostgreSQL or SQLite, to a database or schema of the store's own
     * @throws ServiceException as above
     */
    public static Database open(DataSource source) {
        Location location = Location.UNKNOWN_SOURCE;
        try {
            location = located(source);
            Database database = new Database(
                    location,
                    new DataSourceConnections(source, location.dialect().beforeWriting()),
                    location.dialect().patience());
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

    /** Whether this is a file that is not there; false where only opening it would tell. */
    public static boolean isMissing(String db) {
        return file(db).filter(Files::notExists).isPresent();
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
