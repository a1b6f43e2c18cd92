package dev.latchkey.sql.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file that holds one number, and who asks for it. */
abstract class OneNumberTests {
    @TempDir
    Path folder;

    Path file;

    /** The one row of the file, by a statement that is kept prepared. */
    static int number(Database database) {
        return database.query("SELECT number FROM numbers", statement -> {
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getInt(1);
            }
        });
    }

    @BeforeEach
    void makeFile() throws SQLException {
        file = folder.resolve("latchkey.db");
        run("PRAGMA journal_mode = WAL", "CREATE TABLE numbers (number INTEGER)", "INSERT INTO numbers VALUES (0)");
    }

    /** Asks twice: the second time by a statement that is prepared already. */
    void assertNumber(Database database, int expected) {
        assertThat(number(database)).isEqualTo(expected);
        assertThat(number(database)).isEqualTo(expected);
    }

    Database open() throws SQLException {
        return SqliteDialect.INSTANCE.connect(Location.parse(file.toString()), null);
    }

    void run(String... statements) throws SQLException {
        try (Connection connection = SqliteFiles.connect(file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    Path shm() {
        return folder.resolve("latchkey.db-shm");
    }

    Object shmIdentity() throws IOException {
        return Files.getAttribute(shm(), "unix:ino");
    }
}
