package dev.latchkey.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.Processes;
import dev.latchkey.harness.TestService;
import dev.latchkey.recipes.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs on the page for clients, each run where its tool is. */
class ClientsPageTest {
    @RegisterExtension
    private static final TestService service = TestService.shared();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"sh, sh, tokens.sh", "js, node, tokens.mjs", "python, python3, tokens.py", "java, java, Tokens.java"})
    void program_keepsItsToken(String language, String tool, String file) throws IOException {
        assumeThat(Recipes.find(tool)).as(tool).isPresent();
        Files.writeString(
                folder.resolve(file), new Page("clients.md").blocks(language).get(0));
        NewAccessKey key = service.key("fx");

        Processes.Outcome outcome = Processes.run(
                folder,
                Map.of(
                        "LATCHKEY_URL",
                        service.url(),
                        "LATCHKEY_KEY_ID",
                        key.key().id(),
                        "LATCHKEY_KEY_SECRET",
                        key.secret().reveal()),
                List.of(tool, file));

        assertThat(outcome.out()).as(outcome.err()).isEqualTo("the same token\n");
        assertThat(outcome.exitCode()).isZero();
    }
}
