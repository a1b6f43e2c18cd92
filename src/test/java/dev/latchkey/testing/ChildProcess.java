package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Processes;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Test classes that run in a process with another class path than this one. */
final class ChildProcess {
    private ChildProcess() {}

    /** What of this process's class path is there, by the names of files. */
    static List<String> classPath(Predicate<String> wanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .filter(entry -> wanted.test(Path.of(entry).getFileName().toString()))
                .toList();
    }

    /** Runs the sample in a process of its own, whose tests all pass. */
    static void passes(String sample, int tests, List<String> classPath, Path folder) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(File.pathSeparator, classPath),
                SampleRun.class.getName(),
                sample));
        Processes.Outcome outcome = Processes.run(folder, Map.of(), command);

        assertThat(outcome.out().strip()).as(outcome.err()).isEqualTo(tests + " tests, failures []");
    }
}
