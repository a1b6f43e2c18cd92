package dev.latchkey.sql.database;

import dev.latchkey.error.ServiceException;
import dev.latchkey.error.StartFailure;
import dev.latchkey.sql.files.StoreFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings a store's schema up to date with {@code keys.sql}. */
final class SchemaMigrator {
    /** The last version in {@code keys.sql}, known here so that opening need not read it. */
    static final int NEWEST = 8;

    private static final int NO_STORE = 0;
    private static final String SELECT_VERSION = "SELECT value FROM latchkey WHERE name = 'version'";
    private static final String SET_VERSION = "INSERT INTO latchkey (name, value) VALUES ('version', ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    private static final String MARKER = "-- version ";

    private static final Pattern TABLE = Pattern.compile("CREATE TABLE ([a-z_]+)");

    private final Database database;
    private final Location location;

    SchemaMigrator(Database database, Location location) {
        this.database = database;
        this.location = location;
    }

    /** Applies what the store lacks, in one transaction. */
    void bringUpToDate(boolean create) throws SQLException {
        int stored = database.reading(this::versionIfAny);
        if (stored == NO_STORE && !create) {
            throw StoreFile.noStore(location.shown());
        }
        if (stored < NEWEST) {
            database.writing(this::apply);
        }
    }

    /** The version of the store's schema. */
    static int version(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(SELECT_VERSION)) {
            return row.next() ? Integer.parseInt(row.getString(1)) : NO_STORE;
        }
    }

    private int versionIfAny(Connection connection) throws SQLException {
        int stored;
        try {
            stored = version(connection);
        } catch (SQLException e) {
            if (database.dialect().violation(e) != Dialect.Violation.NO_TABLE) {
                throw e;
            }
            return checkedVersion(connection);
        }
        checkNotNewer(stored);
        return stored;
    }

    /** Answers whether there was something to apply: another process may have done it. */
    boolean apply(Connection connection) throws SQLException {
        database.dialect().lockStore(connection);
        int stored = checkedVersion(connection);
        for (Version version : readVersions(database.dialect())) {
            if (version.number() > stored) {
                version.apply(connection);
            }
        }
        return stored < NEWEST;
    }

    /** The version, from a store that may be there or not; fails for one that is not ours or too new. */
    private int checkedVersion(Connection connection) throws SQLException {
        try (Statement count = connection.createStatement();
                ResultSet row = count.executeQuery(database.dialect().traits().countTables())) {
            row.next();
            boolean ours = row.getInt(1) > 0;
            boolean anybodys = row.getInt(2) > 0;
            if (!ours && anybodys) {
                throw ServiceException.misconfigured("The file " + location.shown()
                        + " is a database of something else; name another file with --db.");
            }
            if (!ours) {
                return NO_STORE;
            }
        }
        int stored = version(connection);
        checkNotNewer(stored);
        return stored;
    }

    private void checkNotNewer(int stored) {
        if (stored > NEWEST) {
            throw ServiceException.misconfigured(
                            "The store " + location.shown() + " was made by a newer Latchkey; use that or a newer one.")
                    .at(StartFailure.STORE_NEWER);
        }
    }

    /** What {@code keys.sql} says, version by version. */
    static List<Version> readVersions(Dialect dialect) {
        List<Version> versions = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        Dialect.Traits traits = dialect.traits();
        String sql = resource().replace("${identity}", traits.identity()).replace("${ascii}", traits.ascii());
        for (String line : sql.lines().toList()) {
            if (line.startsWith(MARKER)) {
                versions.add(new Version(Integer.parseInt(line.substring(MARKER.length())), new ArrayList<>()));
            } else if (!line.startsWith("--") && !line.isBlank()) {
                statement.append(line).append('\n');
                if (line.endsWith(";")) {
                    versions.get(versions.size() - 1).statements().add(statement.toString());
                    statement.setLength(0);
                }
            }
        }
        return versions;
    }

    /** The tables that {@code keys.sql} makes; what others refer to comes before them. */
    static List<String> tables(Dialect dialect) {
        return readVersions(dialect).stream()
                .flatMap(version -> version.statements().stream())
                .map(TABLE::matcher)
                .filter(Matcher::lookingAt)
                .map(matcher -> matcher.group(1))
                .toList();
    }

    private static String resource() {
        try (InputStream in = SchemaMigrator.class.getResourceAsStream("/dev/latchkey/sql/keys.sql")) {
            if (in == null) {
                throw new IllegalStateException("keys.sql is not packed with the classes");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One version and its statements. */
    record Version(int number, List<String> statements) {
        private void apply(Connection connection) throws SQLException {
            for (String sql : statements) {
                Dialect.execute(connection, sql);
            }
            try (PreparedStatement set = connection.prepareStatement(SET_VERSION)) {
                set.setString(1, Integer.toString(number));
                set.executeUpdate();
            }
        }
    }
}
