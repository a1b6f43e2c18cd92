package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.harness.Processes;
import dev.latchkey.recipes.NodePackages;
import dev.latchkey.recipes.Recipes;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on testing tells people to type works as it stands; only ports are put in. */
class TestingPageIT {
    private static final Path ROOT = Path.of(System.getProperty("latchkey.root", "."));
    private static final Path PAGE = ROOT.resolve("src/docs/testing-with-latchkey.md");

    @TempDir
    Path folder;

    /** All blocks for the shell in one go, as a reader would type them one after the other. */
    @Test
    void shellBlocks_work() throws IOException {
        Processes.Outcome outcome = run(blocks("bash"), "");

        assertThat(outcome.exitCode())
                .as("%s%n%s", outcome.out(), outcome.err())
                .isZero();
        assertThat(outcome.out()).contains("form-encode").contains("X-Latchkey-Reason");
    }

    @Test
    void node_verifies() throws IOException {
        NodePackages.install(folder, "jose@6");
        Files.writeString(folder.resolve("check.mjs"), blocks("js").get(0));

        isVerified("node check.mjs");
    }

    @Test
    void python_verifies() throws IOException {
        assumeThat(Recipes.find("python3")).isPresent();
        assumeThat(Processes.run(folder, Map.of(), List.of("python3", "-c", "import jwt, cryptography"))
                        .exitCode())
                .as("PyJWT is installed")
                .isZero();
        Files.writeString(folder.resolve("check.py"), blocks("python").get(0));

        isVerified("python3 check.py");
    }

    @Test
    void java_verifies() throws IOException {
        Files.writeString(folder.resolve("Check.java"), blocks("java").get(0));

        isVerified("java -cp \"$CLASSES\" Check.java");
    }

    private void isVerified(String command) throws IOException {
        Processes.Outcome outcome =
                run(List.of(blocks("bash").get(0)), "export ISSUER=http://localhost:8080\n" + command);

        assertThat(outcome.exitCode())
                .as("%s%n%s", outcome.out(), outcome.err())
                .isZero();
        assertThat(outcome.out()).contains("alice");
    }

    private Processes.Outcome run(List<String> blocks, String after) throws IOException {
        Path target = folder.resolve("target");
        if (!Files.exists(target)) {
            Files.createSymbolicLink(target, ROOT.resolve("target").toAbsolutePath());
        }
        String port = freePort();
        String script = "set -eo pipefail\nPATH=${JAVA_HOME:+$JAVA_HOME/bin:}$PATH\n"
                + "trap 'kill $(jobs -p) 2> /dev/null || true; wait' EXIT\n"
                + (String.join("\n", blocks) + after).replace("8080", port).replace("9001", freePort());
        return Processes.run(
                folder,
                Map.of("LATCHKEY_PORT", port, "CLASSES", System.getProperty("java.class.path")),
                List.of("bash", "-c", script));
    }

    private static List<String> blocks(String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        }
    }
}
