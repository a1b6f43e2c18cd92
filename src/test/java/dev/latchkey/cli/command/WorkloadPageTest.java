package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import dev.latchkey.docs.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands and the file of workload-identity.md do what the page says. */
class WorkloadPageTest {
    private static final String PAGE = "workload-identity.md";
    private static final String SET = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\","
            + "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
            + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}]}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"GitHub Actions", "GitLab CI", "Kubernetes", "An instance on a cloud"})
    void commands_makeAKeyThatTrustsASubject(String heading) throws IOException {
        CliStore store = CliStore.in(folder);
        Path set = Files.writeString(folder.resolve("jwks.json"), SET);
        List<List<String>> commands =
                Page.commands(Page.blocks(PAGE, heading).get(0).replace("jwks.json", set.toString()));

        assertThat(commands).hasSize(2).allSatisfy(words -> {
            CliRun run = store.run(words.toArray(String[]::new));
            assertThat(run.code()).as(run.err()).isZero();
        });
        assertThat(store.run("keys", "list", "--json").out()).contains("\"federated\" : [ {");
    }

    @Test
    void theFile_isImportedAsItStands() {
        String file = Page.blocks(PAGE, "The same as a file").get(0);
        assertThat(CliStore.in(folder).reading(file, "keys", "import", "-").code())
                .isZero();
    }
}
