package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysReadTest {
    @TempDir
    private Path folder;

    private CliRun run(String... args) {
        return CliRun.with(Map.of("LATCHKEY_DB", folder.resolve("store.db").toString()), "", args);
    }

    private CliRun create(String... more) {
        List<String> args = new ArrayList<>(List.of("keys", "create"));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private static Map<String, Object> json(CliRun run) throws JsonSyntaxException {
        assertThat(run.code()).describedAs(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        return JsonReader.object(run.out());
    }

    @Test
    void list_json_isAPageAsTheApiHasIt_withoutSecrets() throws JsonSyntaxException {
        Map<String, Object> created = json(create("ci", "--scopes", "a", "--add-scopes", "--json"));
        CliRun run = run("keys", "list", "--json");
        assertThat(json(run)).containsOnlyKeys("data", "next_cursor").containsEntry("next_cursor", null);
        assertThat(run.out()).contains((String) created.get("id")).doesNotContain((String) created.get("secret"));
    }

    @Test
    void list_noKeys_printsNothingOnStdout() {
        run("scopes", "add", "a");
        CliRun run = run("keys", "list");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("no access key yet");
    }

    @Test
    void list_forPeople_isATable() throws JsonSyntaxException {
        Map<String, Object> key = json(create("ci", "--scopes", "a b", "--add-scopes", "--json"));
        assertThat(run("keys", "list").out()).contains(key.get("id") + "  ci    enabled  a b     never");
    }

    @Test
    void show_json_isTheKeyWithoutItsSecret() throws JsonSyntaxException {
        Map<String, Object> created = json(create("ci", "--scopes", "a", "--add-scopes", "--json"));
        Map<String, Object> shown = json(run("keys", "show", (String) created.get("id"), "--json"));
        created.remove("secret");
        assertThat(shown).isEqualTo(created);
    }

    @Test
    void show_forPeople_tellsEveryField() throws JsonSyntaxException {
        Map<String, Object> created = json(create(
                "ci",
                "--scopes",
                "a b",
                "--add-scopes",
                "--description",
                "two\nlines",
                "--expires-in",
                "1d",
                "--json"));
        CliRun run = run("keys", "show", (String) created.get("id"));
        assertThat(run.out())
                .contains("name            ci\n")
                .contains("description     two\\nlines\n")
                .contains("scopes          a b\n")
                .contains("token lifetime  the service's default\n")
                .contains("expires         2030-02-01T12:00:00Z\n")
                .contains("last used       never\n")
                .doesNotContain((String) created.get("secret"));
    }

    @Test
    void show_unknownId_exitsOne() {
        run("scopes", "add", "a");
        CliRun run = run("keys", "show", "ack_nobody");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("no access key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys list", "keys show x", "scopes list", "scopes remove x"})
    void missingStore_exitsOneAndIsNotMade(String words) {
        CliRun run = run(words.split(" ", -1));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("no store");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void missingStore_tokenIsStillDecoded() {
        CliRun run = run("inspect", "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("alg  RS256").contains("iss  x");
        assertThat(run.err()).hasLineCount(1).contains("no store");
    }

    @Test
    void db_flagWinsOverVariable() {
        Path other = folder.resolve("other.db");
        run("scopes", "add", "a", "--db", other.toString());
        assertThat(Files.exists(other)).isTrue();
        assertThat(Files.exists(folder.resolve("store.db"))).isFalse();
    }
}
