package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScopesCommandsTest {
    @TempDir
    private Path folder;

    private CliRun run(String... args) {
        return CliRun.with(Map.of("LATCHKEY_DB", folder.resolve("store.db").toString()), "", args);
    }

    private List<?> data(CliRun run) throws JsonSyntaxException {
        assertThat(run.err()).isEmpty();
        return (List<?>) JsonReader.object(run.out()).get("data");
    }

    @Test
    void add_several_listsThemByName() throws JsonSyntaxException {
        CliRun added = run("scopes", "add", "b", "a", "--description", "both");
        assertThat(added).isEqualTo(new CliRun(0, "Added scope b\nAdded scope a\n", ""));
        assertThat(run("scopes", "list").out()).isEqualTo("NAME  DESCRIPTION\na     both\nb     both\n");
        assertThat(data(run("scopes", "list", "--json"))).hasSize(2);
    }

    @Test
    void add_json_isWhatWasAdded() throws JsonSyntaxException {
        assertThat(data(run("scopes", "add", "a", "--json")))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("name", "a")
                .containsEntry("created_at", "2030-01-31T12:00:00Z");
    }

    @Test
    void add_oneThatIsThere_exitsOneAndAddsNone() {
        run("scopes", "add", "a");
        CliRun run = run("scopes", "add", "b", "a");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("a");
        assertThat(run("scopes", "list").out()).doesNotContain("b");
    }

    @Test
    void add_badName_exitsTwo() {
        assertThat(run("scopes", "add", "a b").code()).isEqualTo(2);
        assertThat(run("scopes", "add", "latchkey:owner").oneLine()).contains("latchkey:");
        assertThat(run("scopes", "add").oneLine()).contains("scopes add needs NAME");
    }

    @Test
    void list_emptyCatalogue_printsNothingOnStdout() {
        run("scopes", "add", "a");
        run("scopes", "remove", "a");
        CliRun run = run("scopes", "list");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("empty");
    }

    @Test
    void remove_unused_isDone_andTwiceExitsOne() {
        run("scopes", "add", "a");
        assertThat(run("scopes", "remove", "a")).isEqualTo(new CliRun(0, "Removed scope a\n", ""));
        CliRun again = run("scopes", "remove", "a");
        assertThat(again.code()).isEqualTo(1);
        again.oneLine();
    }

    @Test
    void remove_whileAKeyHasIt_exitsOne() {
        run("keys", "create", "ci", "--scopes", "a", "--add-scopes");
        CliRun run = run("scopes", "remove", "a");
        assertThat(run.code()).isEqualTo(1);
        run.oneLine();
    }
}
