package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.harness.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What run.sh readies once for a JDK, and names in a file that java reads by itself. */
class RunScriptIT {
    private static final Path ROOT =
            Path.of(System.getProperty("latchkey.root", ".")).toAbsolutePath();
    private static final Path OPTIONS = ROOT.resolve("target/java.options");

    @TempDir
    Path folder;

    @Test
    void aStart_takesItsClassesFromTheArchiveThatTheFirstOneMade() throws IOException {
        assumeThat(Runtime.version().feature() >= 24
                        || ROOT.toUri().getRawPath().equals(ROOT + "/"))
                .as("JDKs before 24 archive no class from a path that a URL has to encode (JDK-8339460)")
                .isTrue();
        assertThat(run(List.of(ROOT.resolve("run.sh").toString(), "help")).exitCode())
                .isZero();
        String title = Files.readAllLines(OPTIONS).get(0);
        Path java = Path.of(title.substring(title.indexOf('/'), title.indexOf(" for ")), "bin", "java");
        Path classes = folder.resolve("classes");

        Processes.Outcome outcome = run(List.of(
                java.toString(),
                "@" + OPTIONS,
                "-Xlog:class+load:file=" + classes,
                "-jar",
                ROOT.resolve("target/latchkey.jar").toString(),
                "help"));

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(Files.readString(classes)).contains("dev.latchkey.cli.Cli source: shared objects file");
    }

    @Test
    void theNativeLibraries_areFilesThatTheOptionsName() throws IOException {
        run(List.of(ROOT.resolve("run.sh").toString(), "help"));

        List<String> named = Files.readAllLines(OPTIONS).stream()
                .filter(line -> line.startsWith("-Dorg.sqlite.lib.path=") || line.startsWith("-Djava.library.path="))
                .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                .toList();

        assumeThat(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .isIn("Linux amd64", "Linux aarch64", "Mac OS X aarch64");
        assertThat(named)
                .hasSize(2)
                .allSatisfy(path -> assertThat(Path.of(path)).isDirectoryContaining("glob:**libsqlitejdbc*"))
                .allSatisfy(path -> assertThat(Path.of(path)).isDirectoryContaining("glob:**libamazonCorretto*"));
    }

    /** The JVM's own files would be read in its place. */
    @Test
    void aClosedStandardInput_isAnEmptyOne() throws IOException {
        String command = "exec '" + ROOT.resolve("run.sh") + "' users add ann --role admin --db ann.db <&-";

        Processes.Outcome outcome = run(List.of("bash", "-c", command));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("there is no password: give it as one line of standard input");
    }

    private Processes.Outcome run(List<String> command) throws IOException {
        return Processes.run(folder, Map.of(), command);
    }
}
