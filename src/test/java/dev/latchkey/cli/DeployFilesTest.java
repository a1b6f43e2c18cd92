package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files to run Latchkey with say what this version understands; src/deploy/check.sh asks the tools that read them. */
class DeployFilesTest {
    private static final Path SRC = Path.of(System.getProperty("latchkey.root", "."), "src");

    /** Of the files themselves, and of the launcher. */
    private static final List<String> APART = List.of("LATCHKEY_UID", "LATCHKEY_NAME", "LATCHKEY_OWNER_PASSWORD");

    @TempDir
    Path folder;

    @Test
    void everyVariable_isOneOfServe() throws IOException {
        String help = CliRun.of("serve", "--help").out();
        TreeSet<String> variables = matches("LATCHKEY_[A-Z_]+[A-Z]").collect(Collectors.toCollection(TreeSet::new));
        variables.removeAll(APART);

        assertThat(variables)
                .contains("LATCHKEY_DB", "LATCHKEY_HOST")
                .allSatisfy(name -> assertThat(help).containsPattern(name + "\\b"));
    }

    @Test
    void everySeedInAManifest_isOneThatImportTakes() throws IOException {
        List<String> seeds = matches("(?m)keys\\.json: \\|\\n((?: {4}.*\\n)+)").toList();

        assertThat(seeds).hasSize(2).allSatisfy(seed -> {
            String filled = seed.substring(seed.indexOf('\n')).replace("CHANGE-ME", "0".repeat(64));
            CliRun run = CliStore.in(folder).reading(filled, "keys", "import", "-");
            assertThat(run.code()).as(run.err()).isZero();
        });
    }

    @Test
    void thePage_namesTheArchiveOfThisVersion() throws IOException {
        String page = Files.readString(SRC.resolve("docs/deployment.md"));
        String version = CliRun.of("--version").out().strip().replace(' ', '-');

        assertThat(Pattern.compile("latchkey-\\d[\\d.]*\\d")
                        .matcher(page)
                        .results()
                        .map(MatchResult::group))
                .isNotEmpty()
                .allMatch(version::equals);
    }

    private static Stream<String> matches(String pattern) throws IOException {
        StringBuilder all = new StringBuilder(Files.readString(SRC.resolve("container/Containerfile")));
        try (Stream<Path> files = Files.walk(SRC.resolve("deploy"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(Files.readString(file));
            }
        }
        return Pattern.compile(pattern).matcher(all).results().map(MatchResult::group);
    }
}
