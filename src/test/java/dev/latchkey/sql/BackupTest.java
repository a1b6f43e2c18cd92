package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.fullKey;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.sql.database.SqliteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final int PAIRS = 200;

    @TempDir
    private Path folder;

    private SqlStore store;
    private Path copy;

    @BeforeEach
    void openStore() {
        store = SqlStore.open(folder.resolve("store.db").toString(), SqlStore.Mode.CREATE);
        copy = folder.resolve("copy.db");
        store.accessKeys().insert(fullKey("full", "Full", "é", "fx"), List.of(scope("fx")), List.of(event("a", "b")));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private ErrorKind refusal(Path file) {
        return catchThrowableOfType(ServiceException.class, () -> store.backup(file))
                .kind();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("store.db"))
                    .toList();
        }
    }

    @Test
    void backup_isTheWholeStore_inOneFileOfItsOwnersAlone() throws IOException, SQLException {
        store.backup(copy);
        assertThat(files()).containsExactly("copy.db");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(SqliteFiles.integrity(copy)).isEqualTo("ok");
        try (SqlStore other = SqlStore.open(copy.toString(), SqlStore.Mode.EXISTING)) {
            assertThat(other.accessKeys().all())
                    .usingRecursiveComparison()
                    .isEqualTo(store.accessKeys().all());
            assertThat(other.scopes().all()).isEqualTo(store.scopes().all());
        }
    }

    @Test
    void backup_ofAStoreInMemory_isWritten() {
        try (SqlStore memory = SqlStore.open(":memory:", SqlStore.Mode.CREATE)) {
            memory.backup(copy);
            assertThat(memory.isReadable()).isTrue();
        }
        assertThat(copy).exists();
    }

    @Test
    void backup_afterwards_readersStillCannotWrite() {
        store.backup(copy);
        assertThat(store.accessKeys().find("full")).isPresent();
        store.accessKeys().insert(key("more", "fx"), List.of(), List.of(event("key.create", "more")));
        assertThat(store.accessKeys().all()).hasSize(2);
    }

    /** A writer adds a key and its audit event in one transaction; every copy has as many of the one as of the other. */
    @Test
    void backup_whileOthersWrite_isOfOneMoment() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<List<String>>> calls = new ArrayList<>();
        calls.add(() -> {
            try (SqlStore writer = SqlStore.open(folder.resolve("store.db").toString(), SqlStore.Mode.EXISTING)) {
                for (int i = 0; i < PAIRS; i++) {
                    writer.accessKeys().insert(key("key" + i, "fx"), List.of(), List.of(event("key.create", "k" + i)));
                }
                return List.of();
            } finally {
                done.set(true);
            }
        });
        calls.add(() -> {
            List<String> copies = new ArrayList<>();
            do {
                Path file = folder.resolve("copy" + copies.size() + ".db");
                store.backup(file);
                copies.add(file.toString());
            } while (!done.get());
            return copies;
        });
        List<String> copies =
                StoreTests.together(calls).stream().flatMap(List::stream).toList();
        assertThat(copies).isNotEmpty().allSatisfy(file -> {
            assertThat(SqliteFiles.integrity(Path.of(file))).isEqualTo("ok");
            try (var connection = SqliteFiles.connect(Path.of(file));
                    var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "SELECT (SELECT count(*) FROM access_keys), (SELECT count(*) FROM audit_events)")) {
                assertThat(row.getInt(1)).isEqualTo(row.getInt(2));
            }
        });
    }

    @Test
    void backup_ontoAnything_isAConflict_andLeavesIt() throws IOException {
        Files.writeString(copy, "precious");
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), folder.resolve("nowhere"));
        assertThat(refusal(copy)).isEqualTo(ErrorKind.CONFLICT);
        assertThat(refusal(link)).isEqualTo(ErrorKind.CONFLICT);
        assertThat(refusal(folder)).isEqualTo(ErrorKind.CONFLICT);
        assertThat(refusal(folder.resolve("store.db"))).isEqualTo(ErrorKind.CONFLICT);
        assertThat(Files.readString(copy)).isEqualTo("precious");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void backup_intoAFolderThatIsNotThere_isMisconfigured() {
        assertThat(refusal(folder.resolve("no/copy.db"))).isEqualTo(ErrorKind.MISCONFIGURED);
    }

    /** What has such a name may be anything: only what the backup itself has made is removed. */
    @Test
    void backup_besideFilesOfLikeNames_leavesThem() throws IOException {
        for (String name : List.of("copy.db.part", ".copy.db.part", "copy.db.tmp", "copy.db-wal")) {
            Files.writeString(folder.resolve(name), "precious");
        }
        store.backup(copy);
        assertThat(files())
                .containsExactlyInAnyOrder("copy.db", "copy.db.part", ".copy.db.part", "copy.db.tmp", "copy.db-wal");
        assertThat(folder.resolve("copy.db.part")).hasContent("precious");
        assertThat(refusal(copy)).isEqualTo(ErrorKind.CONFLICT);
        assertThat(files()).hasSize(5);
    }

    @Test
    void backup_ofAClosedStore_fails_andLeavesNothing() throws IOException {
        store.close();
        assertThat(refusal(copy)).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(files()).isEmpty();
    }

    @Tag("postgresql")
    @Test
    void backup_ofPostgresql_namesPgDump() {
        try (SqlStore postgres = SqlStore.open(TestPostgres.url(TestPostgres.createDatabase()), SqlStore.Mode.CREATE)) {
            ServiceException refused = catchThrowableOfType(ServiceException.class, () -> postgres.backup(copy));
            assertThat(refused.kind()).isEqualTo(ErrorKind.MISCONFIGURED);
            assertThat(refused).hasMessageContaining("pg_dump");
        }
        assertThat(copy).doesNotExist();
    }
}
