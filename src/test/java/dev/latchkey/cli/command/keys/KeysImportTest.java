package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysImportTest {
    private static final String SECRET = "a-secret-that-another-program-made-up-0123456789";
    private static final String DOCUMENT = """
            {
              "scopes": [{"name": "fx", "description": "rates"}],
              "keys": [
                {"id": "billing", "name": "Billing", "scopes": ["fx"], "secret": "%s"},
                {"name": "Deploy", "scopes": ["fx"], "token_lifetime": 300}
              ]
            }
            """.formatted(SECRET);

    @TempDir
    private Path folder;

    private CliStore store;
    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        store = CliStore.in(folder);
        file = Files.writeString(folder.resolve("keys.json"), DOCUMENT);
    }

    private CliRun load(String document, String... flags) {
        String[] args = new String[3 + flags.length];
        System.arraycopy(new String[] {"keys", "import", "-"}, 0, args, 0, 3);
        System.arraycopy(flags, 0, args, 3, flags.length);
        return store.reading(document, args);
    }

    private CliRun load() {
        return store.run("keys", "import", file.toString());
    }

    @Test
    void import_saysTheTotals_andThatSecretsWereMade() {
        CliRun run = load();
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("Scopes: 1 added. Keys: 2 created, 0 changed, 0 unchanged.\n");
        assertThat(run.err())
                .startsWith("A secret was made for 1 key and not shown")
                .doesNotContain("acs_");
    }

    @Test
    void import_verbose_isALineForEachChange_andTheGeneratedSecretsOnce() {
        CliRun run = load(DOCUMENT, "--verbose");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("Added scope fx"),
                        line -> assertThat(line).isEqualTo("Created key Billing (billing)"),
                        line -> assertThat(line)
                                .matches("Created key Deploy \\(ack_\\w{26}\\) with the secret acs_\\S{49}"),
                        line -> assertThat(line).isEqualTo("Scopes: 1 added. Keys: 2 created, 0 changed, 0 unchanged."),
                        line -> assertThat(line).isEqualTo("Keep the secrets now: they will not be shown again."));
        assertThat(run.out()).doesNotContain(SECRET);
    }

    @Test
    void import_twice_changesNothing() {
        load();
        List<Map<String, Object>> before = store.data("keys", "list", "--json");
        List<Map<String, Object>> audit = store.data("audit", "--json");
        assertThat(load()).isEqualTo(new CliRun(0, "Scopes: 0 added. Keys: 0 created, 0 changed, 2 unchanged.\n", ""));
        assertThat(store.data("keys", "list", "--json")).isEqualTo(before);
        assertThat(store.data("audit", "--json")).isEqualTo(audit);
    }

    @Test
    void import_changedRow_saysWhatBecomesOfWhat() {
        load();
        CliRun run = load(DOCUMENT.replace("300", "600").replace(SECRET, SECRET + "-next"), "--verbose");
        assertThat(run.out())
                .contains("Changed key Billing (billing): secrets …6789 → …next\n")
                .containsPattern("Changed key Deploy \\(ack_\\w{26}\\): token_lifetime 300 → 600\n")
                .contains("Keys: 0 created, 2 changed, 0 unchanged.\n");
    }

    @Test
    void import_json_isOneDocument_withTheGeneratedSecretsOnce() {
        Map<String, Object> done = CliStore.json(load(DOCUMENT, "--json"));
        assertThat(done)
                .containsEntry("dry_run", false)
                .containsEntry("scopes_added", 1L)
                .containsEntry("keys_created", 2L)
                .containsEntry("keys_changed", 0L)
                .containsEntry("keys_unchanged", 0L);
        List<Map<String, Object>> changes = CliStore.rows(done, "changes");
        assertThat(changes)
                .extracting(change -> change.get("action"))
                .containsExactly("scope.add", "key.create", "key.create");
        assertThat(changes.get(1)).containsEntry("subject", "billing").doesNotContainKey("secret");
        assertThat(AccessKeySecret.isWellFormed((String) changes.get(2).get("secret")))
                .isTrue();
        assertThat(CliStore.json(load(DOCUMENT, "--json")))
                .containsEntry("changes", List.of())
                .containsEntry("keys_unchanged", 2L);
    }

    @Test
    void dryRun_saysTheSame_andWritesNothing() {
        store.run("scopes", "add", "other");
        CliRun run = load(DOCUMENT, "--dry-run");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out()).isEqualTo("""
                        + scope fx
                        + key Billing (billing)
                            scopes fx
                            enabled true
                            secret …6789
                        + key Deploy
                            scopes fx
                            enabled true
                            token_lifetime 300
                            secret will be made
                        Nothing was written. Scopes: 1 added. Keys: 2 created, 0 changed, 0 unchanged.
                        """);
        assertThat(store.data("keys", "list", "--json")).isEmpty();
        assertThat(store.data("scopes", "list", "--json")).hasSize(1);
    }

    @Test
    void dryRun_json_hasNeitherSecretsNorIdsThatWouldNotLast() {
        store.run("scopes", "add", "other");
        CliRun run = load(DOCUMENT, "--dry-run", "--json");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).isEmpty();
        List<Map<String, Object>> changes = CliStore.rows(CliStore.parse(run.out()), "changes");
        assertThat(changes).extracting(change -> change.get("subject")).containsExactly("fx", "billing", null);
        assertThat(run.out()).doesNotContain("acs_").doesNotContain("ack_");
    }

    @Test
    void dryRun_withoutAStore_makesNone() throws IOException {
        CliRun run = load(DOCUMENT, "--dry-run");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("no store");
        assertThat(Files.exists(store.file())).isFalse();
    }

    @Test
    void scopeCalledLikeAKey_isTakenForAScope() {
        CliRun run = load(
                "{\"scopes\":[{\"name\":\"billing\"}],\"keys\":"
                        + "[{\"id\":\"billing\",\"name\":\"b\",\"scopes\":[\"billing\"]}]}",
                "--verbose");
        assertThat(run.out()).contains("Added scope billing\n").contains("Created key b (billing)");
    }

    @Test
    void badRows_areNamedWithTheirLines_andNothingIsDone() {
        CliRun run = load(DOCUMENT.replace("300", "5").replace("\"Billing\"", "\"\""));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine())
                .contains("standard input: nothing was imported; ")
                .contains("line 4: keys[0].name must")
                .contains("line 5: keys[1].token_lifetime must")
                .doesNotContain(SECRET);
        assertThat(store.data("keys", "list", "--json")).isEmpty();
        assertThat(store.data("scopes", "list", "--json")).isEmpty();
    }

    @Test
    void manyBadRows_areStillOneLine() {
        StringBuilder rows = new StringBuilder("{\"keys\":[");
        for (int i = 0; i < 100; i++) {
            rows.append(i == 0 ? "\n" : ",\n").append("{\"name\":\"n").append(i).append("\",\"scopes\":[\"no\"]}");
        }
        assertThat(load(rows + "]}").oneLine())
                .contains("line 2: keys[0].scopes")
                .contains("line 6: keys[4].scopes")
                .doesNotContain("keys[5]")
                .endsWith("and more like these");
    }

    @ParameterizedTest(quoteTextArguments = false)
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"keys\":[}|standard input is not well-formed JSON at line 1",
                "[]|standard input is not a JSON object",
                "''|standard input is empty",
                "{\"keys\":{}}|line 1: keys must be an array",
                "{\"keys\":[1]}|line 1: keys[0] must be an object",
                "{\"users\":[]}|line 1: users is not known here",
                "{\"keys\":[],\"keys\":[]}|names a field twice",
                "{\"keys\":[{\"name\":\"a\",\"scopes\":[\"no\"],\"nmae\":1}]}|line 1: keys[0].nmae is not a field",
                "{\"keys\":[{\"name\":\"a\",\"scopes\":[\"no\"]}]}|keys[0].scopes holds \"no\"",
                "{\"keys\":[{\"name\":\"a\",\"scopes\":[],\"secret\":\"short\"}]}|keys[0].secret must be 32"
            })
    void badDocument_exitsTwoAndSaysWhat(String document, String message) {
        CliRun run = load(document);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains(message);
    }

    @Test
    void missingFile_exitsOneAndNamesIt_andNoName_exitsTwo() {
        CliRun run = store.run("keys", "import", folder.resolve("none.json").toString());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("there is no file").contains("none.json");
        assertThat(store.run("keys", "import", folder.toString()).oneLine()).contains("cannot be read");
        assertThat(store.run("keys", "import", "a\0b").code()).isEqualTo(2);
        assertThat(store.run("keys", "import").oneLine()).contains("keys import needs FILE");
    }
}
