package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of the packed archive, in a folder laid out like one, whose archive of classes is missing. */
class LauncherIT {
    private static final Path ROOT =
            Path.of(System.getProperty("latchkey.root", ".")).toAbsolutePath();

    @TempDir
    Path folder;

    private Path command;

    @BeforeEach
    void layOut() throws IOException {
        Path home = folder.resolve("a place");
        Files.createDirectories(home.resolve("bin"));
        Files.createDirectories(home.resolve("lib"));
        Files.createSymbolicLink(home.resolve("runtime"), Path.of(System.getProperty("java.home")));
        Files.createSymbolicLink(home.resolve("lib/latchkey.jar"), ROOT.resolve("target/latchkey.jar"));
        Files.createSymbolicLink(home.resolve("lib/native"), ROOT.resolve("target/start/native"));
        Files.copy(ROOT.resolve("src/build/jvm.options"), home.resolve("lib/jvm.options"));
        command = Files.copy(ROOT.resolve("src/build/latchkey"), home.resolve("bin/latchkey"));
        assertThat(command.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void throughSymlinksOfOtherNames_itRunsTheProgramOfItsFolder() throws IOException {
        Path near = Files.createSymbolicLink(folder.resolve("near"), Path.of("a place/bin/latchkey"));
        Path far = Files.createSymbolicLink(folder.resolve("a place/lib/far"), near);

        Processes.Outcome outcome = run(List.of(far.toString(), "scopes", "list", "--db", "s.db", "--json"));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(1);
        assertThat(outcome.err()).contains("s.db");
    }

    @Test
    void calledByARelativePath_withStandardInputClosed_itReadsNothing() throws IOException {
        Processes.Outcome outcome = run(
                List.of("sh", "-c", "cd 'a place/bin' && exec ./latchkey users add ann --role admin --db ann.db <&-"));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("there is no password: give it as one line of standard input");
    }

    private Processes.Outcome run(List<String> words) throws IOException {
        return Processes.run(folder, Map.of("LATCHKEY_JAVA_OPTS", "-XX:TieredStopAtLevel=1"), words);
    }
}
