package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.database.SqliteFiles;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteOpeningTest extends StoreTests {
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

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    @Test
    void open_missingFile_existingWanted_isRefused_andNotMade() {
        Path missing = folder.resolve("missing.db");

        ServiceException failure =
                failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(missing.toString(), SqlStore.Mode.EXISTING));

        assertThat(failure)
                .hasMessage("There is no store at " + missing
                        + "; start the service or create a key first, or name another with --db.");
        assertThat(missing).doesNotExist();
    }

    @Test
    void open_emptyFile_isNoStoreYet() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.db"));

        failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(empty.toString(), SqlStore.Mode.EXISTING));
        assertThat(empty).isEmptyFile();
        try (SqlStore made = SqlStore.open(empty.toString(), SqlStore.Mode.CREATE)) {
            assertThat(made.isReadable()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere/latchkey.db", "."})
    void open_noFolderOrAFolder_isMisconfigured(String path) {
        failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(folder.resolve(path) + "/", SqlStore.Mode.CREATE));
    }

    @Test
    void open_fileOfSomethingElse_isRefused_andUntouched() throws Exception {
        Path other = folder.resolve("other.db");
        try (Connection connection = SqliteFiles.connect(other);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE songs (title TEXT)");
        }
        byte[] before = Files.readAllBytes(other);

        for (SqlStore.Mode mode : SqlStore.Mode.values()) {
            assertThat(failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(other.toString(), mode)))
                    .hasMessageContaining("a database of something else");
        }

        assertThat(other).hasBinaryContent(before);
    }

    @Test
    void open_fileThatIsNoDatabase_isRefused_andUntouched() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "Buy milk. ".repeat(1000));

        for (SqlStore.Mode mode : SqlStore.Mode.values()) {
            assertThat(failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(text.toString(), mode)))
                    .hasMessageContaining("is not a SQLite database");
        }

        assertThat(text).hasContent("Buy milk. ".repeat(1000));
    }

    @Test
    void open_upToDateStore_writesNothing() throws IOException {
        store.scopes().insert(List.of(scope("fx")), List.of());
        byte[] database = Files.readAllBytes(file());
        byte[] wal = Files.readAllBytes(beside(file(), "-wal"));
        assertThat(wal).isNotEmpty();

        try (SqlStore again = SqlStore.open(db(), SqlStore.Mode.CREATE)) {
            again.accessKeys().find("x");
            assertThat(beside(file(), "-wal")).hasBinaryContent(wal);
        }

        assertThat(file()).hasBinaryContent(database);
        assertThat(beside(file(), "-wal")).hasBinaryContent(wal);
    }

    @Test
    void openAndClose_closedStore_writesNothing_andLeavesOneFile() throws IOException {
        store.close();
        byte[] database = Files.readAllBytes(file());

        open().close();

        assertThat(file()).hasBinaryContent(database);
        assertThat(folder).isDirectoryNotContaining("glob:**-{wal,shm}");
    }

    @Test
    void newFiles_areForTheirOwnerAlone() throws IOException {
        assumePosix();
        store.scopes().insert(List.of(scope("fx")), List.of());

        assertForTheirOwnerAlone(file());
    }

    /** Other users could read it until now, and may have done so: that is to be known, and not mended in silence. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-wal", "-shm", "-journal"})
    void storeThatOthersMayRead_isRefused_withTheCommandThatMendsIt(String ending) throws IOException {
        assumePosix();
        Path shared = folder.resolve("shared.db");
        SqlStore.open(shared.toString(), SqlStore.Mode.CREATE).close();
        Path open = beside(shared, ending);
        if (!ending.isEmpty()) {
            Files.createFile(open);
        }
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw----r--"));
        Path link = Files.createSymbolicLink(folder.resolve("link" + ending), shared);

        for (Path named : List.of(shared, link)) {
            for (SqlStore.Mode mode : SqlStore.Mode.values()) {
                assertThat(failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(named.toString(), mode)))
                        .hasMessage("The store " + named + ending + " can be read by others; run: chmod 600 "
                                + open.toRealPath());
            }
        }

        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-------"));
        SqlStore.open(link.toString(), SqlStore.Mode.EXISTING).close();
    }

    @Test
    void storeOfTheProcesssGroup_keepsItsMode_andItsFilesHaveIt() throws IOException {
        assumePosix();
        Path shared = folder.resolve("shared.db");
        SqlStore.open(shared.toString(), SqlStore.Mode.CREATE).close();
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rw-rw----"));

        try (SqlStore opened = SqlStore.open(shared.toString(), SqlStore.Mode.CREATE)) {
            opened.scopes().insert(List.of(scope("fx")), List.of());

            for (String ending : List.of("", "-wal", "-shm")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(beside(shared, ending))))
                        .as(ending)
                        .isEqualTo("rw-rw----");
            }
        }
    }

    @Test
    void storeOfAnotherUser_isRefused() throws IOException {
        assumePosix();
        Path other = folder.resolve("other.db");
        SqlStore.open(other.toString(), SqlStore.Mode.CREATE).close();
        assumeTrue((int) Files.getAttribute(other, "unix:uid") == 0, "only root can give files away");
        Files.setAttribute(other, "unix:uid", 4711);

        assertThat(failure(ErrorKind.MISCONFIGURED, () -> SqlStore.open(other.toString(), SqlStore.Mode.EXISTING)))
                .hasMessage("The store " + other + " belongs to another user (uid 4711); run: chown 0 " + other
                        + " && chmod 600 " + other);
    }

    private static void assertForTheirOwnerAlone(Path store) throws IOException {
        for (String ending : List.of("", "-wal", "-shm")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(beside(store, ending))))
                    .as(ending)
                    .isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space.db",
                "what?.db",
                "a?mode=memory&cache=shared",
                "50%.db",
                "50%20.db",
                "#1.db",
                "a+b&c=d;e'f\".db",
                "Zoë 鍵.db",
                "mode=memory.db",
                "-dash.db"
            })
    void open_pathWithAnyCharacter_isThatFile(String name) {
        assumeTrue(Charset.forName(System.getProperty("sun.jnu.encoding"))
                .newEncoder()
                .canEncode(name));
        Path odd = folder.resolve(name);
        try (SqlStore made = SqlStore.open(odd.toString(), SqlStore.Mode.CREATE)) {
            made.scopes().insert(List.of(scope("fx")), List.of());
        }

        assertThat(odd).isNotEmptyFile();
        try (SqlStore again = SqlStore.open("jdbc:sqlite:" + db(), SqlStore.Mode.EXISTING);
                SqlStore made = SqlStore.open(odd.toString(), SqlStore.Mode.EXISTING)) {
            assertThat(again.scopes().all()).isEmpty();
            assertThat(made.scopes().all()).hasSize(1);
        }
    }

    private void assumePosix() {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    }
}
