package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code keys import} as a plan, with what it would delete, and with values from the environment. */
class KeysPlanTest {
    private static final String SECRET = "a-secret-that-somebody-else-made-up-0123456789";
    private static final String NOTHING =
            "Nothing was written. Scopes: 0 added. Keys: 0 created, 0 changed, 0 deleted, 2 unchanged.\n";

    @TempDir
    private Path folder;

    private CliStore store;

    @BeforeEach
    void twoKeys() {
        store = CliStore.in(folder);
        store.reading(
                "{\"scopes\":[{\"name\":\"fx\"}],\"keys\":[" + billing() + "," + old() + "]}", "keys", "import", "-");
    }

    private static String billing() {
        return "{\"id\":\"billing\",\"name\":\"Billing\",\"scopes\":[\"fx\"],\"secret\":\"" + SECRET + "\"}";
    }

    private static String old() {
        return "{\"id\":\"old\",\"name\":\"Old one\",\"scopes\":[\"fx\"],\"secret\":\"" + SECRET + "-old\"}";
    }

    private CliRun plan(String rows, String... flags) {
        return run(rows, true, flags);
    }

    private CliRun run(String rows, boolean dry, String... flags) {
        List<String> args = new ArrayList<>(List.of("keys", "import", "-"));
        args.addAll(List.of(flags));
        if (dry) {
            args.add("--dry-run");
        }
        return store.reading("{\"keys\":[" + rows + "]}", args.toArray(String[]::new));
    }

    @Test
    void plan_hasALineForEachKeyAndField_andNoSecret() {
        CliRun plan = plan(
                billing()
                                .replace(
                                        "\"Billing\"",
                                        "\"Billing\",\"token_lifetime\":600,\"expires_at\":\"2031-01-01T00:00:00Z\"")
                                .replace(SECRET, SECRET + "-next")
                        + ",{\"id\":\"new\",\"name\":\"New\",\"scopes\":[\"fx\"],\"secret_sha256\":\"" + "0".repeat(64)
                        + "\"}",
                "--prune");

        assertThat(plan.code()).isEqualTo(3);
        assertThat(plan.err()).isEmpty();
        assertThat(plan.out()).isEqualTo("""
                ~ key Billing (billing)
                    token_lifetime none → 600
                    expires_at none → 2031-01-01T00:00:00Z
                    secrets …6789 → …next
                + key New (new)
                    scopes fx
                    enabled true
                    secret …(no hint)
                - key Old one (old)
                    scopes fx
                    last used never
                Nothing was written. Scopes: 0 added. Keys: 1 created, 1 changed, 1 deleted, 0 unchanged.
                """);
    }

    @Test
    void plan_ofWhatIsThere_isEmpty_andExitsZero() {
        assertThat(plan(billing() + "," + old(), "--prune")).isEqualTo(new CliRun(0, NOTHING, ""));
        CliRun json = plan(billing() + "," + old(), "--prune", "--json");
        assertThat(json.code()).isZero();
        assertThat(CliStore.parse(json.out()))
                .containsEntry("changes", List.of())
                .containsEntry("keys_deleted", 0L)
                .containsEntry("keys_unchanged", 2L);
    }

    @Test
    void plan_asJson_isOneDocument_withWhatWouldBeDeleted() {
        CliRun plan = plan(billing(), "--prune", "--json");

        assertThat(plan.code()).isEqualTo(3);
        Map<String, Object> document = CliStore.parse(plan.out());
        assertThat(document).containsEntry("dry_run", true).containsEntry("keys_deleted", 1L);
        assertThat(CliStore.rows(document, "changes"))
                .singleElement()
                .satisfies(change -> assertThat(change)
                        .containsEntry("action", "key.delete")
                        .containsEntry("subject", "old")
                        .containsEntry("name", "Old one")
                        .containsEntry("after", null));
    }

    @Test
    void plan_withoutPrune_leavesOtherKeysOut() {
        assertThat(plan(billing()).out()).doesNotContain("Old one").contains("0 changed, 1 unchanged");
        assertThat(plan(billing()).code()).isZero();
    }

    @Test
    void prune_withYes_deletesWhatTheFileDoesNotName() {
        assertThat(run(billing(), false, "--prune", "--yes"))
                .isEqualTo(new CliRun(0, "Scopes: 0 added. Keys: 0 created, 0 changed, 1 deleted, 1 unchanged.\n", ""));
        assertThat(ids()).containsExactly("billing");
        assertThat(store.json("audit", "--json").toString()).contains("key.delete");
    }

    @Test
    void prune_verbose_namesWhatWasDeleted() {
        assertThat(run(billing(), false, "--prune", "--yes", "--verbose").out())
                .startsWith("Deleted key Old one (old)\n");
    }

    @Test
    void prune_withoutATerminalAndYes_isWrongUsage_andDoesNothing() {
        CliRun run = run(billing(), false, "--prune");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("--yes").contains("--dry-run");
        assertThat(ids()).hasSize(2);
    }

    @Test
    void prune_aFileWithoutKeys_isRefused() {
        CliRun run = run("", false, "--prune", "--yes");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("keys names no key, so that every key there is would be deleted");
        assertThat(ids()).hasSize(2);
    }

    @Test
    void prune_atATerminal_asksForTheNumber() throws Exception {
        CliRun run = pruneTyping("1");
        assertThat(run.code()).isZero();
        assertThat(run.err())
                .isEqualTo("Keys that the file does not name: 1. They stop getting tokens at once, for good:\n"
                        + "  Old one (old)\nType how many they are to delete them: ");
        assertThat(ids()).containsExactly("billing");
        assertThat(pruneTyping("unasked").err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "y", "yes", "2", "Old one"})
    void prune_anythingElseTyped_doesNothing(String typed) throws Exception {
        CliRun run = pruneTyping(typed);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).endsWith("latchkey: nothing was imported: that is not how many they are\n");
        assertThat(ids()).hasSize(2);
    }

    private CliRun pruneTyping(String line) throws Exception {
        Path file = Files.writeString(folder.resolve("keys.json"), "{\"keys\":[" + billing() + "]}");
        return store.typing(List.of(line), "keys", "import", file.toString(), "--prune");
    }

    @Test
    void variables_areTakenFromTheEnvironment_andAnUnsetOneNamesItselfAndItsRow() {
        String row =
                "{\"id\":\"ci-key\",\"name\":\"CI of ${TEAM} $${X}\",\"scopes\":[\"fx\"],\"secret\":\"${CI_SECRET}\"}";
        String file = "{\"keys\":[" + row + "]}";
        String db = store.file().toString();

        CliRun unset = CliRun.with(Map.of("LATCHKEY_DB", db, "TEAM", "infra"), file, "keys", "import", "-");
        assertThat(unset.code()).isEqualTo(2);
        assertThat(unset.oneLine())
                .contains("line 1: keys[0].secret names ${CI_SECRET}, which is not set in the environment");

        CliRun run = CliRun.with(
                Map.of("LATCHKEY_DB", db, "TEAM", "infra", "CI_SECRET", SECRET + "-ci"),
                file,
                "keys",
                "import",
                "-",
                "--verbose");
        assertThat(run.out())
                .startsWith("Created key CI of infra ${X} (ci-key)\n")
                .doesNotContain(SECRET);
        assertThat(store.show("ci-key")).containsEntry("name", "CI of infra ${X}");
        assertThat(store.run("keys", "export").out()).contains("CI of infra $${X}");
    }

    private List<Object> ids() {
        return store.data("keys", "list", "--json").stream()
                .map(key -> key.get("id"))
                .toList();
    }
}
