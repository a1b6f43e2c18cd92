package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateTest {
    @TempDir
    private Path folder;

    private CliStore store;
    private CliStore copy;

    @BeforeEach
    void createStore() {
        store = CliStore.in(folder);
        store.createId("ci");
        copy = new CliStore(folder.resolve("copy.db"));
    }

    /** One side may be left to what every command takes for a store. */
    @Test
    void migrate_fromTheStoreOfTheEnvironment_copiesIt_andSaysHowManyRows() {
        CliRun run = store.run("migrate", "--to", copy.file().toString());
        assertThat(run.code()).describedAs(run.err()).isZero();
        assertThat(run.out()).contains("           1 access_keys\n").contains("           0 users\n");
        assertThat(run.err()).contains("All is copied to " + copy.file() + ". Start the service on it");
        assertThat(copy.data("keys", "list", "--json")).isEqualTo(store.data("keys", "list", "--json"));
        assertThat(copy.data("audit", "--json")).isEqualTo(store.data("audit", "--json"));

        CliRun again = copy.run("migrate", "--from", store.file().toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.oneLine()).contains("is not empty");
        CliStore third = new CliStore(folder.resolve("third.db"));
        assertThat(CliStore.json(third.run("migrate", "--from", store.file().toString(), "--json")))
                .hasEntrySatisfying(
                        "rows",
                        rows -> assertThat(((Map<?, ?>) rows).get("access_keys"))
                                .isEqualTo(1L));
    }

    @Test
    void migrate_withoutTwoStores_isWrongUsage_andNoPasswordIsPrinted() {
        assertThat(store.run("migrate").code()).isEqualTo(2);
        assertThat(store.run("migrate").oneLine()).contains("name two stores");
        assertThat(store.run("migrate", "--from", "a", "--to", "b", "--db", "c").code())
                .isEqualTo(2);
        assertThat(store.run("migrate", "--to", ":memory:").oneLine()).contains("--to :memory: is for serve");
        CliRun unreachable = store.run("migrate", "--to", "jdbc:postgresql://u:hidden@127.0.0.1:1/none", "--verbose");
        assertThat(unreachable.code()).isEqualTo(1);
        assertThat(unreachable.err()).doesNotContain("hidden");
    }
}
