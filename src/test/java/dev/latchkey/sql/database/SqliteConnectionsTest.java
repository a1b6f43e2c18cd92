package dev.latchkey.sql.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.database.Diagnosis.Effect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** How SQLite's connections are set, and what its codes mean. */
class SqliteConnectionsTest extends OneNumberTests {
    @ParameterizedTest
    @CsvSource({
        "SQLITE_NOTADB, ALL, name another file",
        "SQLITE_CORRUPT, ALL, backup",
        "SQLITE_CORRUPT_INDEX, ALL, backup",
        "SQLITE_CANTOPEN, ALL, folder",
        "SQLITE_CANTOPEN_ISDIR, ALL, folder",
        "SQLITE_READONLY, WRITING, may write",
        "SQLITE_READONLY_DIRECTORY, WRITING, may write",
        "SQLITE_READONLY_DBMOVED, WRITING, may write",
        "SQLITE_PERM, WRITING, may write",
        "SQLITE_FULL, WRITING, free some",
        "SQLITE_BUSY, WRITING, try again",
        "SQLITE_BUSY_SNAPSHOT, WRITING, try again",
        "SQLITE_LOCKED, WRITING, try again",
        "SQLITE_IOERR, ALL, network shares",
        "SQLITE_IOERR_WRITE, ALL, network shares",
        "SQLITE_PROTOCOL, ALL, network shares",
        "SQLITE_NOMEM, STATEMENT, memory",
        "SQLITE_ERROR, STATEMENT, backup",
        "SQLITE_INTERNAL, STATEMENT, try again",
    })
    void code_hasItsEffectAndRemedy(SQLiteErrorCode code, Effect effect, String remedy) {
        Diagnosis diagnosis = SqliteFailures.diagnose(new SQLException(new SQLiteException("the words", code)));

        assertThat(diagnosis.effect()).isEqualTo(effect);
        assertThat(diagnosis.remedy()).contains(remedy);
    }

    @Test
    void write_noRoom_saysSo() throws SQLException {
        try (Database database = open()) {
            ServiceException failure = catchThrowableOfType(
                    ServiceException.class,
                    () -> database.change(connection -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("PRAGMA max_page_count = 1");
                            statement.execute("INSERT INTO numbers VALUES ('x' || hex(zeroblob(1000000)))");
                        }
                    }));

            assertThat(failure).hasMessage("The store cannot be written now.");
            assertThat(failure.reason())
                    .startsWith("The store " + file + " has no room left on its disk ([SQLITE_FULL]")
                    .hasLineCount(1);
        }
    }

    @Test
    void readers_cannotWrite() throws SQLException {
        try (Database database = open()) {
            assertThatThrownBy(() -> database.read(connection -> {
                        try (Statement statement = connection.createStatement()) {
                            return statement.execute("DELETE FROM numbers");
                        }
                    }))
                    .rootCause()
                    .hasMessageContaining("[SQLITE_READONLY]");
        }
    }

    @Test
    void settings_areSafeOnEveryConnection() throws SQLException {
        assertThat(journalMode()).isEqualTo("wal");
        try (Database database = open()) {
            Connections.Work<List<String>> settings = connection -> {
                List<String> values = new ArrayList<>();
                try (Statement statement = connection.createStatement()) {
                    for (String name : List.of("foreign_keys", "synchronous")) {
                        try (var row = statement.executeQuery("PRAGMA " + name)) {
                            values.add(row.getString(1));
                        }
                    }
                }
                return values;
            };
            assertThat(database.read(settings)).containsExactly("1", "2");
            assertThat(database.write(settings)).containsExactly("1", "2");
        }
    }

    private String journalMode() throws SQLException {
        try (Connection connection = SqliteFiles.connect(file);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA journal_mode")) {
            return row.getString(1);
        }
    }
}
