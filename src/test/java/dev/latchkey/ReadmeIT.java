package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.docs.Page;
import dev.latchkey.docs.PageShell;
import dev.latchkey.harness.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells people to type works as it stands; only ports and the database's address are put in. */
class ReadmeIT {
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

    /** On that page the service goes on. */
    @Test
    void aReplicaOfThePageOnScaling_starts() throws IOException {
        Processes.Outcome outcome =
                PageShell.run(folder, new Page("scaling.md").blocks("bash").get(0));

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Latchkey is ready");
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
        return PageShell.run(Files.createTempDirectory(folder, "readme"), block + EVERYTHING_ENDED);
    }

    private static List<String> blocks() {
        List<String> blocks = Page.README.blocks("bash");
        assertThat(blocks).hasSizeGreaterThan(2);
        return blocks;
    }

    private static String firstLine(String block) {
        return block.lines().findFirst().orElse("");
    }
}
