package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.sql.Diagnosis.Effect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite refuses is told in one line: its own words and a fix. */
class SqliteFailuresTest extends StoreTests {
    @TempDir
    Path folder;

    @Override
    String db() {
        return file().toString();
    }

    @Override
    Connection connect() throws SQLException {
        return SqliteFiles.connect(file());
    }

    private Path file() {
        return folder.resolve("latchkey.db");
    }

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
        try (Database database = Database.connect(Location.parse(db()), null)) {
            LatchkeyException failure = failure(
                    ErrorKind.UNAVAILABLE,
                    () -> database.change(connection -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("PRAGMA max_page_count = 1");
                            statement.execute("INSERT INTO latchkey VALUES ('big', hex(zeroblob(1000000)))");
                        }
                    }));

            assertThat(failure).hasMessage("The store cannot be written now.");
            assertThat(failure.reason())
                    .startsWith("The store " + file() + " has no room left on its disk ([SQLITE_FULL]")
                    .hasLineCount(1);
        }
    }

    @Test
    void write_lockedByAnother_saysSo() throws SQLException {
        try (SqlStore hurried = SqlStore.open(db(), SqlStore.Mode.EXISTING, Duration.ofMillis(100));
                Connection other = connect()) {
            Dialect.execute(other, "BEGIN IMMEDIATE");

            LatchkeyException failure =
                    failure(ErrorKind.UNAVAILABLE, () -> hurried.scopes().insert(List.of(scope("fx")), List.of()));

            assertThat(failure.reason())
                    .contains("is locked by another process")
                    .contains("[SQLITE_BUSY]");
        }
    }

    @Test
    void open_damagedFile_saysSo() throws IOException {
        store.scopes().insert(List.of(scope("fx")), List.of());
        store.close();
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(4096 - 100), 100);
        }

        assertThat(failure(ErrorKind.MISCONFIGURED, this::open))
                .hasMessageContaining("is damaged ([SQLITE_CORRUPT]")
                .hasMessageContaining("put a backup in its place");
    }

    @Test
    void find_fileThatWasReplaced_saysSo() throws IOException {
        Path other = Files.copy(file(), folder.resolve("other.db"));
        Files.move(file(), folder.resolve("away.db"));

        assertThat(failure(ErrorKind.UNAVAILABLE, () -> store.accessKeys().find("x"))
                        .reason())
                .contains("no file that can be read has its name")
                .contains("start the service again");
        Files.move(other, file());
        assertThat(failure(ErrorKind.UNAVAILABLE, () -> store.accessKeys().find("x"))
                        .reason())
                .contains("another file has its name");
        assertThat(failure(ErrorKind.UNAVAILABLE, () -> store.scopes().insert(List.of(scope("fx")), List.of()))
                        .reason())
                .contains("another file has its name");
    }
}
