package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.sql.database.SqliteFiles;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite store that several threads and processes use at once. */
class SqliteConcurrencyTest extends StoreTests {
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
    void write_lockedByAnother_isUnavailable_whileReadsGoOn() throws SQLException {
        try (SqlStore hurried = SqlStore.open(db(), SqlStore.Mode.EXISTING, Duration.ofMillis(250));
                Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            failure(ErrorKind.UNAVAILABLE, () -> hurried.scopes().insert(List.of(scope("fx")), List.of()));
            assertThat(hurried.isReadable()).isTrue();

            statement.execute("ROLLBACK");
            hurried.scopes().insert(List.of(scope("fx")), List.of());
        }
    }

    @Test
    void open_newFile_bySeveralAtOnce_makesOneStore() throws Exception {
        for (int round = 0; round < 5; round++) {
            String fresh = folder.resolve("fresh" + round).toString();
            Callable<Boolean> open = () -> {
                try (SqlStore another = SqlStore.open(fresh, SqlStore.Mode.CREATE)) {
                    return another.scopes().all().isEmpty();
                }
            };

            assertThat(together(List.of(open, open, open, open))).containsOnly(true);
        }
    }

    @Test
    void writers_ofTwoStores_loseNothing() throws Exception {
        store.scopes().insert(List.of(scope("fx")), List.of());

        Set<String> written = Writers.writeFrom(store, open());

        assertThat(store.accessKeys().all()).extracting(AccessKey::id).containsExactlyInAnyOrderElementsOf(written);
        assertThat(audited()).hasSize(written.size());
    }

    @Test
    void processKilled_whileAnotherWrites_losesNoStoredKey() throws Exception {
        Path fresh = folder.resolve("killed.db");
        Process first = CreatingProcess.start(fresh);
        Process second = CreatingProcess.start(fresh);
        List<String> printed = new ArrayList<>();
        try (BufferedReader out = first.inputReader();
                BufferedReader otherOut = second.inputReader()) {
            for (int i = 0; i < 20; i++) {
                printed.add(out.readLine());
                printed.add(otherOut.readLine());
            }
            // By the handle: the process itself would close its output, and the last keys are in there.
            first.toHandle().destroyForcibly();
            second.toHandle().destroyForcibly();
            out.lines().forEach(printed::add);
            otherOut.lines().forEach(printed::add);
        }
        List<String> stored = printed.stream()
                .filter(line -> line.endsWith(CreatingProcess.WHOLE))
                .map(line -> line.replace(CreatingProcess.WHOLE, ""))
                .toList();

        try (SqlStore survivor = SqlStore.open(fresh.toString(), SqlStore.Mode.EXISTING)) {
            assertThat(stored).hasSizeGreaterThanOrEqualTo(40);
            assertThat(survivor.accessKeys().all()).extracting(AccessKey::id).containsAll(stored);
            survivor.accessKeys().insert(key("next", "fx"), List.of(), List.of(event("key.create", "next")));
        }
        assertThat(SqliteFiles.integrity(fresh)).isEqualTo("ok");
    }
}
