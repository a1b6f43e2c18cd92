package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deleting, and switching off and on. */
class KeysDeleteTest {
    @TempDir
    private Path folder;

    private CliStore store;
    private String id;

    @BeforeEach
    void createKey() {
        store = CliStore.in(folder);
        id = store.createId("ci builds");
    }

    @Test
    void delete_withYes_needsNobody() {
        assertThat(store.run("keys", "delete", id, "--yes"))
                .isEqualTo(new CliRun(0, "Deleted " + id + " (ci builds)\n", ""));
        assertThat(store.run("keys", "show", id).code()).isEqualTo(1);
    }

    @Test
    void delete_withoutATerminalAndYes_exitsTwo_namesTheFix_andDeletesNothing() {
        CliRun run = store.reading("ci builds\n", "keys", "delete", id);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("--yes");
        assertThat(store.show(id)).containsEntry("id", id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci builds", " ci builds "})
    void delete_nameTyped_deletes(String typed) {
        CliRun run = store.typing(List.of(typed), "keys", "delete", id);
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("\"ci builds\" (" + id + ")").endsWith("Type its name to delete it: ");
        assertThat(store.run("keys", "show", id).code()).isEqualTo(1);
    }

    @Test
    void delete_idTyped_deletes() {
        assertThat(store.typing(List.of(id), "keys", "delete", id).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "y", "yes", "CI BUILDS", "ci"})
    void delete_anythingElseTyped_exitsOneAndDeletesNothing(String typed) {
        CliRun run = store.typing(List.of(typed), "keys", "delete", id);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).endsWith("latchkey: nothing was deleted: that is not the name of the key\n");
        assertThat(store.show(id)).containsEntry("id", id);
    }

    @Test
    void delete_endOfInputAtTheTerminal_deletesNothing() {
        assertThat(store.typing(List.of(), "keys", "delete", id).code()).isEqualTo(1);
        assertThat(store.show(id)).containsEntry("id", id);
    }

    @Test
    void delete_unknownKey_exitsOneWithoutAsking() {
        assertThat(store.typing(List.of(), "keys", "delete", "ack_nobody").oneLine())
                .contains("no access key");
        assertThat(store.run("keys", "delete", "ack_nobody", "--yes").code()).isEqualTo(1);
    }

    @Test
    void disable_andEnable_areSeenAtOnce() {
        assertThat(store.run("keys", "disable", id)).isEqualTo(new CliRun(0, "Disabled " + id + " (ci builds)\n", ""));
        assertThat(store.show(id)).containsEntry("enabled", false);
        assertThat(store.run("keys", "list").out()).contains("disabled");
        assertThat(store.run("keys", "enable", id)).isEqualTo(new CliRun(0, "Enabled " + id + " (ci builds)\n", ""));
        assertThat(store.show(id)).containsEntry("enabled", true);
    }

    @Test
    void disable_json_isTheKey() {
        assertThat(store.json("keys", "disable", id, "--json")).isEqualTo(store.show(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "enable"})
    void switch_unknownKey_exitsOne(String verb) {
        CliRun run = store.run("keys", verb, "ack_nobody");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("no access key");
    }

    @Test
    void list_filters_narrowTheList() {
        store.createId("other");
        store.run("keys", "disable", id);
        assertThat(store.data("keys", "list", "--json")).hasSize(2);
        assertThat(store.data("keys", "list", "--q", "BUILD", "--json")).hasSize(1);
        assertThat(store.data("keys", "list", "--disabled", "--json"))
                .singleElement()
                .satisfies(key -> assertThat(key).containsEntry("id", id));
        assertThat(store.data("keys", "list", "--enabled", "--q", "build", "--json"))
                .isEmpty();
        assertThat(store.run("keys", "list", "--q", "nothing like it").err()).contains("no such access key");
        assertThat(store.run("keys", "list", "--enabled", "--disabled").code()).isEqualTo(2);
    }

    @Test
    void list_filteredOverSeveralPages_isWhole() {
        StringBuilder rows = new StringBuilder("{\"keys\":[");
        for (int i = 0; i < 205; i++) {
            rows.append(i == 0 ? "" : ",").append("{\"name\":\"row ").append(i).append("\",\"scopes\":[\"a\"]}");
        }
        assertThat(store.reading(rows + "]}", "keys", "import", "-").code()).isZero();
        assertThat(store.data("keys", "list", "--q", "row ", "--json"))
                .hasSize(205)
                .doesNotHaveDuplicates();
    }
}
