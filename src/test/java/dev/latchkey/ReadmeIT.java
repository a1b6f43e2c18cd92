package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Processes;
import dev.latchkey.sql.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells people to type works as it stands; only ports and the database's address are put in. */
class ReadmeIT {
    private static final Path ROOT = Path.of(System.getProperty("latchkey.root", "."));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```bash\\n(.*?)^```$");
    private static final Pattern PORT = Pattern.compile("\\b(8080|900[0-9])\\b");
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";
    /** A block stops what it started; that takes a moment. */
    private static final String EVERYTHING_ENDED = """

            for i in {1..100}; do [ -n "$(jobs -rp)" ] || exit 0; sleep 0.1; done
            echo "the block left a service running" >&2
            exit 99
            """;

    private static final String DATABASE = "postgresql://latchkey:secret@db.internal/latchkey";

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyOtherBlock_works() throws IOException {
        return blocks().stream()
                .skip(1)
                .map(block -> DynamicTest.dynamicTest(firstLine(block), () -> {
                    Processes.Outcome outcome = run(block);
                    assertThat(outcome.exitCode())
                            .as("%s%n%s", outcome.out(), outcome.err())
                            .isZero();
                }));
    }

    @Test
    void theFirstBlock_endsWithAVerifiedToken() throws IOException {
        Processes.Outcome outcome = run(blocks().get(0));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("Latchkey is ready on http://localhost:")
                .contains("\"access_token\":\"ey")
                .contains("\"scope\":\"fx gateway\"")
                .contains("at+jwt")
                .containsPattern("(?i)verified");
        assertThat(outcome.err()).contains("owner").doesNotContain("ERROR");
    }

    /** A reader who pastes it does not wait for ever. */
    @Test
    void aBlockWhoseServiceDoesNotStart_ends() throws IOException {
        String block = blocks().stream()
                .filter(text -> text.contains(DATABASE))
                .findFirst()
                .orElseThrow()
                .replace(DATABASE, "jdbc:postgresql://127.0.0.1:1/none")
                .replace("--wait 60s", "--wait 3s");

        Processes.Outcome outcome = run(block);

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.err()).contains("jdbc:postgresql://127.0.0.1:1/none");
    }

    private Processes.Outcome run(String block) throws IOException {
        Path place = Files.createTempDirectory(folder, "readme");
        for (String name : List.of("run.sh", "target")) {
            Files.createSymbolicLink(place.resolve(name), ROOT.resolve(name).toAbsolutePath());
        }
        String port = freePort();
        String script =
                "set -eo pipefail\nPATH=${JAVA_HOME:+$JAVA_HOME/bin:}$PATH\ntrap 'kill $(jobs -p) 2> /dev/null || true; wait' EXIT\n"
                        + PORT.matcher(block).replaceAll(port).replace(DATABASE, database(block))
                        + EVERYTHING_ENDED;
        return Processes.run(
                place,
                Map.of("LATCHKEY_PORT", port, "LATCHKEY_JAVA_OPTS", QUICK_COMPILER),
                List.of("bash", "-c", script));
    }

    private static String database(String block) {
        return block.contains(DATABASE) ? TestPostgres.newDatabaseUrl() : DATABASE;
    }

    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        BLOCK.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(blocks::add);
        assertThat(blocks).hasSizeGreaterThan(2);
        return blocks;
    }

    private static String firstLine(String block) {
        return block.lines().findFirst().orElse("");
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        }
    }
}
