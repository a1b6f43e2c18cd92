package dev.latchkey.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server, started once for all tests of a run and stopped when the run ends.
 *
 * <p>PostgreSQL refuses to run as root. Where root may make a user namespace, the server runs in one and sees another
 * user; where it may not, as in most containers, its programs are started as the user nobody.
 */
public final class TestPostgres {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();
    /** The names of databases that were given back. */
    private static final Queue<String> EMPTIED = new ConcurrentLinkedQueue<>();

    private static final int NOBODY = 65_534;

    private TestPostgres() {}

    /** The name of an empty database that no other test has. */
    static String createDatabase() {
        String emptied = EMPTIED.poll();
        if (emptied != null) {
            return emptied;
        }
        String name = "store" + DATABASES.incrementAndGet();
        try {
            administer("CREATE DATABASE " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the test", e);
        }
    }

    /** Takes back a database whose stores are closed. To empty it takes a tenth of the time of making another one. */
    static void giveBack(String database) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            statement.execute("DROP SCHEMA public CASCADE");
            statement.execute("CREATE SCHEMA public AUTHORIZATION pg_database_owner");
            statement.execute("GRANT USAGE ON SCHEMA public TO PUBLIC");
        }
        EMPTIED.add(database);
    }

    static String url(String database) {
        return "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + database + "?user=postgres";
    }

    /** The URL of a new, empty database. */
    public static String newDatabaseUrl() {
        return url(createDatabase());
    }

    static int port() {
        return SERVER.getPort();
    }

    static Connection connect(String database) throws SQLException {
        return SERVER.getDatabase("postgres", database).getConnection();
    }

    /** Runs statements as the administrator, outside of the databases under test. */
    public static void administer(String... statements) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The URL of a database for a role that there is, with these parameters too. */
    static String url(String database, String role, String parameters) {
        return "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + database + "?user=" + role + parameters;
    }

    /** From when this returns, the role must give its password. */
    static void requirePassword(String role) throws SQLException, IOException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW hba_file")) {
            row.next();
            Path file = Path.of(row.getString(1));
            // Written over and not replaced: it stays the server's.
            String lines = Files.readString(file);
            Files.writeString(file, "host all " + role + " all scram-sha-256\n" + lines);
            statement.execute("SELECT pg_reload_conf()");
        }
        while (letsIn(role)) {
            Thread.onSpinWait();
        }
    }

    private static boolean letsIn(String role) {
        try (Connection connection = SERVER.getDatabase(role, "postgres").getConnection()) {
            return connection.isValid(0);
        } catch (SQLException e) {
            return false;
        }
    }

    private static EmbeddedPostgres start() {
        String user = System.getProperty("user.name");
        boolean asNobody = user.equals("root") && !LinuxUtils.isUnshareAvailable();
        String folder = "latchkey-pg-" + (asNobody ? "nobody" : user);
        File programs = new File(System.getProperty("java.io.tmpdir"), folder);
        try {
            return asNobody ? startAsNobody(programs) : builder(programs).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres.Builder builder(File programs) {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(programs)
                .setLocaleConfig("locale", "C")
                .setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "200");
    }

    private static EmbeddedPostgres startAsNobody(File programs) throws IOException {
        try {
            return builder(programs).setDataDirectory(folderOfNobody()).start();
        } catch (IllegalStateException e) {
            // The very first start unpacks the programs and finds them refusing root.
            wrapPrograms(programs.toPath());
            return builder(programs).setDataDirectory(folderOfNobody()).start();
        }
    }

    private static Path folderOfNobody() throws IOException {
        return Files.setAttribute(Files.createTempDirectory("latchkey-pg"), "unix:uid", NOBODY);
    }

    /** Puts a script that changes the user in the place of each program. */
    private static void wrapPrograms(Path programs) throws IOException {
        try (Stream<Path> files = Files.find(programs, 3, (file, is) -> isProgram(file))) {
            for (Path program : files.toList()) {
                Path real = program.resolveSibling(program.getFileName() + ".real");
                Files.move(program, real, StandardCopyOption.REPLACE_EXISTING);
                // initdb starts postgres, and is nobody by then.
                String script = "#!/bin/sh\n[ $(id -u) = 0 ] && exec setpriv --reuid " + NOBODY + " --clear-groups \""
                        + real + "\" \"$@\"\nexec \"" + real + "\" \"$@\"\n";
                Files.writeString(program, script);
                Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static boolean isProgram(Path file) {
        return file.getParent().endsWith("bin")
                && List.of("initdb", "pg_ctl", "postgres")
                        .contains(file.getFileName().toString())
                && !Files.exists(file.resolveSibling(file.getFileName() + ".real"));
    }
}
