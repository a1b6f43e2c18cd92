package dev.latchkey.cli.command.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeyStore.Use;
import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.sql.SqlStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Advice on keys, and which keys are listed, as the command line has them. */
class KeysAdviseTest {
    private static final List<String> SEVEN = List.of("a", "b", "d", "f", "g", "h", "i");

    @TempDir
    Path folder;

    private CliStore store;
    private String id;

    @BeforeEach
    void makeKey() {
        store = CliStore.in(folder);
        id = (String) store.json("keys", "create", "Orders", "--scopes", "a b c d e f g h i", "--add-scopes", "--json")
                .get("id");
    }

    @Test
    void nineScopesGranted_twoAskedFor_theOtherSevenAreNamed_andTheExitCodeIs3() {
        use(id, CliRun.NOW, "c", "e");

        CliRun text = store.run("keys", "advise", "Orders");
        assertThat(text.code()).isEqualTo(3);
        assertThat(text.out())
                .isEqualTo("Orders (" + id + ")\n  scopes_unused: 7 of 9 scopes were neither asked for nor demanded"
                        + " since 2030-01-31T12:00:00Z: a, b, d, f, g, h, i.\n");
        CliRun json = store.run("keys", "advise", id, "--json");
        assertThat(json.code()).isEqualTo(3);
        assertThat(CliStore.rows(CliStore.parse(json.out()), "advice"))
                .singleElement()
                .satisfies(one ->
                        assertThat(one).containsEntry("kind", "scopes_unused").containsEntry("scopes", SEVEN));
        assertThat(store.run("keys", "advise").out()).isEqualTo(text.out());
    }

    @Test
    void withoutAdvice_theExitCodeIs0_andNothingIsPrinted() {
        use(id, CliRun.NOW);

        for (String[] words : new String[][] {{"keys", "advise"}, {"keys", "advise", id}}) {
            CliRun run = store.run(words);
            assertThat(run.code()).isZero();
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("There is no advice on ");
        }
        CliRun json = store.run("keys", "advise", "--json");
        assertThat(json.code()).isZero();
        assertThat(CliStore.rows(CliStore.parse(json.out()), "data")).isEmpty();
    }

    @Test
    void ofManyKeys_thoseWithAdviceAreListed() {
        use(id, CliRun.NOW);
        StringBuilder rows = new StringBuilder("{\"keys\":[");
        for (int i = 0; i < 250; i++) {
            rows.append(i == 0 ? "" : ",").append("{\"id\":\"key-" + i + "\",\"name\":\"n\",\"scopes\":[\"a\"]}");
        }
        assertThat(store.reading(rows + "]}", "keys", "import", "-").code()).isZero();

        CliRun all = store.run("keys", "advise", "--json");

        assertThat(all.code()).isEqualTo(3);
        assertThat(CliStore.rows(CliStore.parse(all.out()), "data"))
                .hasSize(250)
                .allSatisfy(one -> assertThat(one).doesNotContainEntry("key_id", id));
    }

    @Test
    void aKeyThatIsNotThere_isExitCode1() {
        assertThat(store.run("keys", "advise", "nothing").code()).isEqualTo(1);
    }

    @Test
    void list_filters_sorts_andEndsAtALimit() {
        String soon = store.createId("billing", "--expires-at", "2030-02-03T00:00:00Z");
        String old = store.createId("zebra");
        use(old, CliRun.NOW.minus(Duration.ofDays(90)));
        assertThat(store.run("keys", "rotate", old).code()).isZero();

        assertThat(ids("--sort", "name")).containsExactly(soon, id, old);
        assertThat(ids("--sort", "-name", "--limit", "2")).containsExactly(old, id);
        assertThat(ids("--sort=-last_used", "--limit", "1")).containsExactly(old);
        assertThat(ids("--expiring", "14d")).containsExactly(soon);
        assertThat(ids("--unused", "90d")).containsExactly(old);
        assertThat(ids("--old-secret")).containsExactly(old);
        assertThat(store.run("keys", "list", "--limit", "2").err()).isEqualTo("These are 2 of 3 access keys.\n");
        assertThat(store.run("keys", "list", "--limit", "3").err()).isEmpty();
        for (String wrong : List.of("--sort=size", "--limit=0", "--expiring=soon", "--unused=40000d")) {
            CliRun refused = store.run("keys", "list", wrong);
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).startsWith("latchkey: " + wrong.split("=", 2)[0] + " must be ");
        }
    }

    private List<Object> ids(String... options) {
        String[] words = new String[options.length + 3];
        System.arraycopy(options, 0, words, 2, options.length);
        words[0] = "keys";
        words[1] = "list";
        words[options.length + 2] = "--json";
        Map<String, Object> list = store.json(words);
        return CliStore.rows(list, "data").stream().map(key -> key.get("id")).toList();
    }

    private void use(String key, Instant at, String... scopes) {
        try (SqlStore db = SqlStore.open(store.file().toString(), SqlStore.Mode.EXISTING)) {
            db.accessKeys().recordUses(List.of(new Use(key, Use.Kind.TOKEN, null, ScopeSet.of(List.of(scopes)), at)));
        }
    }
}
