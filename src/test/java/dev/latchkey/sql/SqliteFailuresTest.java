package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.database.SqliteFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void write_lockedByAnother_saysSo() throws SQLException {
        try (SqlStore hurried = SqlStore.open(db(), SqlStore.Mode.EXISTING, Duration.ofMillis(100));
                Connection other = connect()) {
            other.createStatement().execute("BEGIN IMMEDIATE");

            ServiceException failure =
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
