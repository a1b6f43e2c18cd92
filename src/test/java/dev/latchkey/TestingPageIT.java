package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.docs.Page;
import dev.latchkey.docs.PageShell;
import dev.latchkey.harness.Processes;
import dev.latchkey.recipes.NodePackages;
import dev.latchkey.recipes.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on testing tells people to type works as it stands; only ports are put in. */
class TestingPageIT {
    private static final Page PAGE = new Page("testing-with-latchkey.md");

    @TempDir
    Path folder;

    /** All blocks for the shell in one go, as a reader would type them one after the other. */
    @Test
    void shellBlocks_work() throws IOException {
        Processes.Outcome outcome = PageShell.run(folder, String.join("\n", PAGE.blocks("bash")));

        assertThat(outcome.exitCode())
                .as("%s%n%s", outcome.out(), outcome.err())
                .isZero();
        assertThat(outcome.out()).contains("form-encode").contains("X-Latchkey-Reason");
    }

    @Test
    void node_verifies() throws IOException {
        NodePackages.install(folder, "jose@6");
        Files.writeString(folder.resolve("check.mjs"), PAGE.blocks("js").get(0));

        isVerified("node check.mjs");
    }

    @Test
    void python_verifies() throws IOException {
        assumeThat(Recipes.find("python3")).isPresent();
        assumeThat(Processes.run(folder, Map.of(), List.of("python3", "-c", "import jwt, cryptography"))
                        .exitCode())
                .as("PyJWT is installed")
                .isZero();
        Files.writeString(folder.resolve("check.py"), PAGE.blocks("python").get(0));

        isVerified("python3 check.py");
    }

    @Test
    void java_verifies() throws IOException {
        Files.writeString(folder.resolve("Check.java"), PAGE.blocks("java").get(0));

        isVerified("java -cp \"$CLASSES\" Check.java");
    }

    @Test
    void go_verifies() throws IOException {
        assumeThat(Recipes.find("go")).as("go is installed").isPresent();
        Files.writeString(folder.resolve("main.go"), PAGE.blocks("go").get(0));

        Processes.Outcome fetched =
                Processes.run(folder, Map.of(), List.of("sh", "-c", "go mod init check && go mod tidy"));
        assumeThat(fetched.exitCode()).as(fetched.err()).isZero();

        isVerified("sed -i s,http://localhost:[0-9]*,$ISSUER, main.go && go run main.go");
    }

    private void isVerified(String command) throws IOException {
        Processes.Outcome outcome =
                PageShell.run(folder, PAGE.blocks("bash").get(0) + "export ISSUER=http://localhost:8080\n" + command);

        assertThat(outcome.exitCode())
                .as("%s%n%s", outcome.out(), outcome.err())
                .isZero();
        assertThat(outcome.out()).contains("alice");
    }
}
