package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import dev.latchkey.sql.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of 5,000 keys is imported in seconds, once, and wholly or not at all. */
class ManyKeysImportTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int KEYS = 5000;

    @TempDir
    Path folder;

    @Test
    void sqlite() throws IOException {
        // A bad file may make the store, but nothing in it.
        importAll(folder.resolve("store.db").toString());
    }

    @Tag("postgresql")
    @Test
    void postgresql() throws IOException {
        importAll(TestPostgres.newDatabaseUrl());
    }

    private void importAll(String db) throws IOException {
        Path good = Files.writeString(folder.resolve("keys.json"), document("[\"fx\"]"));
        Path bad = Files.writeString(folder.resolve("bad.json"), document("[\"unknown\"]"));

        CliRun refused = load(db, bad);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.oneLine())
                .contains("nothing was imported", "line " + (KEYS + 1), "keys[" + (KEYS - 1) + "]");

        assertThat(load(db, good).out()).contains("Keys: " + KEYS + " created, 0 changed, 0 unchanged.");
        assertThat(load(db, good).out()).contains("Keys: 0 created, 0 changed, " + KEYS + " unchanged.");
        CliRun listed = CliRun.of("keys", "list", "--json", "--db", db);
        assertThat(CliStore.rows(CliStore.json(listed), "data")).hasSize(KEYS);
    }

    private static CliRun load(String db, Path file) {
        return assertTimeout(
                LIMIT, () -> CliRun.with(Map.of("LATCHKEY_DB", db), "", "keys", "import", file.toString()));
    }

    /** One key a line, from the second line on; the last one has other scopes. */
    private static String document(String lastScopes) {
        String keys = IntStream.range(0, KEYS)
                .mapToObj(i ->
                        "{\"name\":\"key " + i + "\",\"scopes\":" + (i == KEYS - 1 ? lastScopes : "[\"fx\"]") + "}")
                .collect(Collectors.joining(",\n"));
        return "{\"scopes\":[{\"name\":\"fx\"}],\"keys\":[\n" + keys + "\n]}";
    }
}
