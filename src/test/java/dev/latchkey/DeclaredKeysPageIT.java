package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on keys in a reviewed file tells people to type works as it stands, and prints what the page says. */
class DeclaredKeysPageIT {
    private static final Path ROOT = Path.of(System.getProperty("latchkey.root", "."));
    private static final Pattern GENERATED_ID = Pattern.compile("ack_\\w{26}");

    @TempDir
    Path folder;

    @Test
    void shellBlocks_work_andThePlanIsAsShown() throws IOException {
        String page = Files.readString(ROOT.resolve("src/docs/declared-keys.md"));
        Files.createSymbolicLink(
                folder.resolve("target"), ROOT.resolve("target").toAbsolutePath());
        String script = "set -eo pipefail\nPATH=${JAVA_HOME:+$JAVA_HOME/bin:}$PATH\n" + blocks(page, "bash");

        Processes.Outcome outcome = Processes.run(folder, Map.of(), List.of("bash", "-c", script));

        assertThat(outcome.exitCode())
                .as("%s%n%s", outcome.out(), outcome.err())
                .isZero();
        assertThat(withoutIds(outcome.out())).contains(withoutIds(blocks(page, "text")));
        assertThat(outcome.out()).contains("Keys: 0 created, 0 changed, 0 deleted, 2 unchanged.");
    }

    private static String blocks(String page, String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.joining("\n"));
    }

    private static String withoutIds(String text) {
        return GENERATED_ID.matcher(text).replaceAll("ack_");
    }
}
