package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import dev.latchkey.cli.terminal.TerminalText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
    @TempDir
    private Path folder;

    private CliStore store;
    private String id;

    @BeforeEach
    void doThings() {
        store = CliStore.in(folder);
        id = store.createId("ci");
        store.run("keys", "edit", id, "--name", "ci \u202e2", "--token-lifetime", "30m", "--audience", "urn:x");
        store.run("keys", "delete", id, "--yes");
    }

    @Test
    void forPeople_isNewestFirst_andTellsWhoDidIt_andWhatBecameOfWhat() {
        String by = "    by operator:" + ProcessHandle.current().info().user().orElseThrow() + " from cli\n";
        CliRun run = store.run("audit", "--subject", id);
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .isEqualTo("TIME                  ACTION      SUBJECT\n"
                        + "2030-01-31T12:00:00Z  key.delete  " + id + "\n"
                        + by
                        + "    on \"ci \\u202e2\"\n"
                        + "    name ci \\u202e2\n"
                        + "    scopes a\n"
                        + "    enabled true\n"
                        + "    token_lifetime 1800\n"
                        + "    audience urn:x\n"
                        + "2030-01-31T12:00:00Z  key.edit    " + id + "\n"
                        + by
                        + "    on \"ci \\u202e2\"\n"
                        + "    name ci → ci \\u202e2\n"
                        + "    token_lifetime none → 1800\n"
                        + "    audience none → urn:x\n"
                        + "2030-01-31T12:00:00Z  key.create  " + id + "\n"
                        + by
                        + "    on \"ci\"\n"
                        + "    name ci\n"
                        + "    scopes a\n"
                        + "    enabled true\n");
    }

    @Test
    void json_isAPageAsTheApiHasIt() {
        Map<String, Object> page = store.json("audit", "--json");
        assertThat(page).containsOnlyKeys("data", "next_cursor").containsEntry("next_cursor", null);
        List<Map<String, Object>> events = CliStore.rows(page, "data");
        assertThat(events)
                .extracting(event -> event.get("action"))
                .containsExactly("key.delete", "key.edit", "key.create", "scope.add");
        assertThat(events.get(0))
                .containsKeys("id", "at", "actor", "from", "action", "subject", "before", "after")
                .containsEntry("after", null)
                .containsEntry("subject", id);
    }

    @Test
    void action_findsOneOrAFamily() {
        assertThat(store.data("audit", "--json", "--action", "key.edit")).hasSize(1);
        assertThat(store.data("audit", "--json", "--action", "key")).hasSize(3);
        assertThat(store.data("audit", "--json", "--action", "scope")).hasSize(1);
    }

    @Test
    void pages_followOneAnother_withoutGapOrRepetition() {
        List<Map<String, Object>> all = store.data("audit", "--json");
        Map<String, Object> first = store.json("audit", "--json", "--limit", "3");
        String next = (String) first.get("next_cursor");
        Map<String, Object> second = store.json("audit", "--json", "--limit", "3", "--cursor", next);
        assertThat(CliStore.rows(first, "data")).isEqualTo(all.subList(0, 3));
        assertThat(CliStore.rows(second, "data")).isEqualTo(all.subList(3, 4));
        assertThat(second).containsEntry("next_cursor", null);
        assertThat(store.run("audit", "--limit", "3").err()).contains("There is more: --cursor " + next);
    }

    @Test
    void nothingFound_printsNothingOnStdout() {
        CliRun run = store.run("audit", "--subject", "nobody");
        assertThat(run.code()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("no such event");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--limit 0", "--limit 501", "--limit x", "--limit -1", "--limit 99999999999", "--cursor x"})
    void badNumber_exitsTwoAndNamesTheFlag(String flags) {
        CliRun run = store.run(("audit " + flags).split(" ", -1));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains(flags.substring(0, flags.indexOf(' ')) + " must be");
    }

    @Test
    void limitOnTheEdge_isTaken() {
        assertThat(store.data("audit", "--json", "--limit", "1")).hasSize(1);
        assertThat(store.run("audit", "--limit", "500").code()).isZero();
    }

    @Test
    void longest_fitsEightyColumns() {
        String scope = "s".repeat(200);
        store.run("scopes", "add", scope, "--description", "漢字 ".repeat(300));
        String key = store.createId("n".repeat(200), "--description", "x".repeat(900));
        store.run("keys", "edit", key, "--description", "word ".repeat(150), "--name", "漢".repeat(200));
        assertThat(store.onScreen(80, "audit").out().lines()).allMatch(line -> TerminalText.width(line) <= 80);
        assertThat(store.onScreen(80, "keys", "list").out().lines()).allMatch(line -> TerminalText.width(line) <= 80);
    }

    @Test
    void who_isTheAccountOfTheOperatingSystem_whateverAPropertySays() {
        String before = System.getProperty("user.name");
        System.setProperty("user.name", "somebody else");
        try {
            store.create("made");
        } finally {
            System.setProperty("user.name", before);
        }
        assertThat(store.run("audit").out())
                .contains("by operator:" + ProcessHandle.current().info().user().orElseThrow() + " from cli")
                .doesNotContain("somebody else");
    }
}
