package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.fullKey;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static dev.latchkey.sql.StoreTests.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.database.SqliteFiles;
import dev.latchkey.sql.transfer.Restore;
import dev.latchkey.sql.transfer.RestoredStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
    private static final AccessKey BEFORE = fullKey("before", "Before", "é", "fx");

    @TempDir
    private Path folder;

    private Path file;
    private Path backup;
    private Map<String, List<String>> content;

    @BeforeEach
    void backUp() throws SQLException {
        file = folder.resolve("store ü.db");
        backup = folder.resolve("backup.db");
        try (SqlStore store = open()) {
            store.accessKeys().insert(BEFORE, List.of(scope("fx")), List.of(event("key.create", "before")));
            store.backup(backup);
            store.accessKeys().insert(key("after", "fx"), List.of(), List.of(event("key.create", "after")));
        }
        content = StoreContent.of(() -> SqliteFiles.connect(backup));
    }

    private SqlStore open() {
        return SqlStore.open(file.toString(), SqlStore.Mode.CREATE);
    }

    private RestoredStore restore(Path from) {
        return Restore.run(file.toString(), from, null);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }

    /** The process is killed while it writes: its keys are in the log. */
    @Test
    void restore_afterAKill_bringsBackExactlyTheBackup_andNothingOfTheOldStoreIsLeft() throws Exception {
        Process process = CreatingProcess.start(file);
        assertThat(process.inputReader().readLine()).endsWith(CreatingProcess.WHOLE);
        process.destroyForcibly().waitFor();
        assertThat(folder.resolve("store ü.db-wal")).isNotEmptyFile();

        assertThat(restore(backup)).isEqualTo(new RestoredStore(1, false, false, true));

        assertThat(files()).containsExactlyInAnyOrder("store ü.db", "backup.db");
        assertThat(StoreContent.of(() -> SqliteFiles.connect(file))).isEqualTo(content);
        assertThat(SqliteFiles.integrity(file)).isEqualTo("ok");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (SqlStore store = open()) {
            assertThat(store.accessKeys().all()).containsExactly(BEFORE);
            store.accessKeys().insert(key("later", "fx"), List.of(), List.of());
        }
    }

    @Test
    void restore_deletesWhatKilledOnesLeft_butNothingThatAProcessHolds_orOfAnotherName() throws Exception {
        String id = ".00000000-0000-0000-0000-00000000000";
        Files.writeString(folder.resolve(".store ü.db" + id + "0.part"), "half");
        Files.writeString(folder.resolve(".store ü.db" + id + "0.part-journal"), "half");
        Files.writeString(folder.resolve(".other.db" + id + "0.part"), "half");
        Path held = Files.writeString(folder.resolve(".store ü.db" + id + "1.part"), "half");
        try (FileChannel other = FileChannel.open(held, StandardOpenOption.WRITE)) {
            other.lock(Long.MAX_VALUE - 1, 1, false);
            restore(backup);
        }

        assertThat(files())
                .containsExactlyInAnyOrder(
                        "store ü.db", "backup.db", ".other.db" + id + "0.part", ".store ü.db" + id + "1.part");
        restore(backup);
        assertThat(files()).containsExactlyInAnyOrder("store ü.db", "backup.db", ".other.db" + id + "0.part");
    }

    @Test
    void restore_whereTheStoreIsGone_andItsLogIsNot_isTheBackup() throws Exception {
        try (SqlStore store = open()) {
            store.accessKeys().insert(key("more", "fx"), List.of(), List.of());
            Files.copy(folder.resolve("store ü.db-wal"), folder.resolve("kept"));
        }
        Files.delete(file);
        Files.move(folder.resolve("kept"), folder.resolve("store ü.db-wal"));

        assertThat(restore(backup).replaces()).isFalse();

        assertThat(files()).containsExactlyInAnyOrder("store ü.db", "backup.db");
        assertThat(StoreContent.of(() -> SqliteFiles.connect(file))).isEqualTo(content);
    }

    /** A process that has it and does nothing; one that has restored it just now, too. */
    @Test
    void restore_ofAStoreInUse_isAConflict_andLeavesIt() throws Exception {
        try (SqlStore store = open()) {
            int keys = store.accessKeys().all().size();
            assertThat(failure(ErrorKind.CONFLICT, () -> restore(backup))).hasMessageContaining("stop that");
            assertThat(store.accessKeys().all()).hasSize(keys);
        }
        restore(backup);
        try (SqlStore store = open()) {
            assertThat(store.accessKeys().all()).containsExactly(BEFORE);
            failure(ErrorKind.CONFLICT, () -> restore(backup));
        }
        assertThat(files()).containsExactlyInAnyOrder("store ü.db", "backup.db");
    }

    @Test
    void restore_ofWhatIsNoWholeStore_isRefused_andLeavesTheOldOne() throws Exception {
        Map<String, List<String>> old = StoreContent.of(() -> SqliteFiles.connect(file));
        Path half = Files.write(folder.resolve("half"), List.of("no database"));
        assertRefused(half, "is damaged, or no SQLite database");
        byte[] bytes = Files.readAllBytes(backup);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 5_000, (byte) 7);
        Path damaged = Files.write(folder.resolve("damaged"), bytes);
        assertRefused(damaged, "is damaged");
        assertRefused(folder.resolve("none"), "There is no file");
        assertRefused(file, "is the store itself");
        Path other = folder.resolve("other");
        change(other, "CREATE TABLE t (a)");
        assertRefused(other, "holds no store");
        change(backup, "UPDATE latchkey SET value = '99' WHERE name = 'version'");
        assertRefused(backup, "was made by a newer Latchkey (its schema has version 99");
        Files.write(folder.resolve("damaged-wal"), bytes);
        assertRefused(damaged, "is a part of a store");
        assertThat(StoreContent.of(() -> SqliteFiles.connect(file))).isEqualTo(old);
        assertThat(files()).allMatch(name -> !name.endsWith(".part"));
    }

    /** A slip in {@code --db} must not cost a file of something else. */
    @Test
    void restore_ontoSomethingElse_isRefused_andLeavesIt() throws Exception {
        file = Files.writeString(folder.resolve("text"), "precious");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertRefused(backup, "cannot be opened to be replaced");
        assertThat(file).hasContent("precious");
        file = folder.resolve("other");
        change(file, "CREATE TABLE t (a)");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertRefused(backup, "a database of something else");
    }

    @Test
    void restore_intoPostgresql_namesPgRestore() {
        ServiceException refused = failure(
                ErrorKind.INVALID, () -> Restore.run("jdbc:postgresql://u:hidden@localhost/none", backup, null));
        assertThat(refused).hasMessageContaining("pg_restore").hasMessageContaining("latchkey migrate");
        assertThat(refused.getMessage()).doesNotContain("hidden");
    }

    private void assertRefused(Path from, String message) {
        assertThat(failure(ErrorKind.MISCONFIGURED, () -> restore(from))).hasMessageContaining(message);
    }

    private static void change(Path database, String sql) throws SQLException {
        try (var connection = SqliteFiles.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
