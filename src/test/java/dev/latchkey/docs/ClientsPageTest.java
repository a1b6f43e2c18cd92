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
import org.jspecify.annotations.Nullable;
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
    @CsvSource({
        "sh, sh, tokens.sh, , sh tokens.sh",
        "js, node, tokens.mjs, , node tokens.mjs",
        "python, python3, tokens.py, , python3 tokens.py",
        "java, java, Tokens.java, , java Tokens.java",
        "go, go, main.go, go mod init tokens && go mod tidy, go run main.go",
        "csharp, dotnet, Program.cs, dotnet new console -o app && mv Program.cs app, dotnet run --project app"
    })
    void program_keepsItsToken(String language, String tool, String file, @Nullable String first, String command)
            throws IOException {
        assumeThat(Recipes.find(tool)).as(tool).isPresent();
        Files.writeString(
                folder.resolve(file), new Page("clients.md").blocks(language).get(0));
        if (first != null) {
            Processes.Outcome fetched = Processes.run(folder, Map.of(), List.of("sh", "-c", first));
            assumeThat(fetched.exitCode()).as(fetched.err()).isZero();
        }
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
                List.of("sh", "-c", command));

        assertThat(outcome.out()).as(outcome.err()).endsWith("the same token\n");
        assertThat(outcome.exitCode()).isZero();
    }
}
