package dev.latchkey.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server, started once for all tests of a run and stopped when the run ends.
 *
 * <p>PostgreSQL refuses to run as root. Where root may make a user namespace, the server runs in one and sees another
 * user; where it may not, as in most containers, its programs are started as the user nobody.
 */
final class TestPostgres {
    private static final EmbeddedPostgres SERVER = start();
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String NOBODY = "65534";

    private TestPostgres() {}

    /** The name of a new, empty database. */
    static String createDatabase() {
        String name = "store" + DATABASES.incrementAndGet();
        try {
            administer("CREATE DATABASE " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the test", e);
        }
    }

    static String url(String database) {
        return "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + database + "?user=postgres";
    }

    static int port() {
        return SERVER.getPort();
    }

    static Connection connect(String database) throws SQLException {
        return SERVER.getDatabase("postgres", database).getConnection();
    }

    /** Runs statements as the administrator, outside of the databases under test. */
    static void administer(String... statements) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static EmbeddedPostgres start() {
        File programs = Path.of(System.getProperty("java.io.tmpdir"), "latchkey-pg-" + System.getProperty("user.name"))
                .toFile();
        try {
            return builder(programs).start();
        } catch (IllegalStateException | IOException e) {
            if (!System.getProperty("user.name").equals("root")) {
                throw new IllegalStateException("no PostgreSQL for the tests", e);
            }
            return startAsNobody(new File(programs, "nobody"));
        }
    }

    private static EmbeddedPostgres.Builder builder(File programs) {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(programs)
                .setLocaleConfig("locale", "C")
                .setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "200");
    }

    private static EmbeddedPostgres startAsNobody(File programs) {
        try {
            // The first start unpacks the programs, and fails on them.
            return asNobody(builder(programs)).start();
        } catch (IllegalStateException | IOException e) {
            try {
                wrapPrograms(programs.toPath());
                return asNobody(builder(programs)).start();
            } catch (IOException again) {
                throw new UncheckedIOException(again);
            }
        }
    }

    private static EmbeddedPostgres.Builder asNobody(EmbeddedPostgres.Builder builder) {
        return builder.setDataDirectoryCustomizer(TestPostgres::giveToNobody);
    }

    private static void giveToNobody(File folder) {
        try {
            new ProcessBuilder(List.of("chown", "-R", NOBODY, folder.getPath()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Puts a script that changes the user in the place of each program. */
    private static void wrapPrograms(Path programs) throws IOException {
        try (Stream<Path> files = Files.find(programs, 3, (file, is) -> isProgram(file))) {
            for (Path program : files.toList()) {
                Path real = program.resolveSibling(program.getFileName() + ".real");
                Files.move(program, real, StandardCopyOption.REPLACE_EXISTING);
                String script =
                        "#!/bin/sh\nexec setpriv --reuid " + NOBODY + " --clear-groups \"" + real + "\" \"$@\"\n";
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
