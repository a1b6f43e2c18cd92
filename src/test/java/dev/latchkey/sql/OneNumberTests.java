package dev.latchkey.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file that holds one number, and who asks for it. */
abstract class OneNumberTests {
    @TempDir
    Path folder;

    Path file;

    private int asked;

    /** The one row of the file. */
    record NumberOfRow() implements Reader.Question<Integer> {
        @Override
        public String sql() {
            return "SELECT number FROM numbers";
        }

        @Override
        public Optional<Integer> ask(PreparedStatement statement) throws SQLException {
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
            }
        }
    }

    @BeforeEach
    void makeFile() throws SQLException {
        file = folder.resolve("latchkey.db");
        run("PRAGMA journal_mode = WAL", "CREATE TABLE numbers (number INTEGER)", "INSERT INTO numbers VALUES (0)");
    }

    /** Asks several times: the first reads, the next finds the index, and another relies on it. */
    void assertNumber(Database database, int expected) {
        for (asked = 0; asked < 4; asked++) {
            assertThat(database.answer(new NumberOfRow()))
                    .as("asked %d times", asked)
                    .contains(expected);
        }
    }

    Database open() throws SQLException {
        return Database.connect(Location.parse(file.toString()), null);
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
