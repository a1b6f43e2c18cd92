package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals are sent to a process of their own. */
@DisabledOnOs(OS.WINDOWS)
class StopSignalTest {
    private static final int TIMEOUT_SECONDS = 60;

    /** What runs there. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] args) throws InterruptedException {
            try (StopSignal stop = new StopSignal(() -> System.out.println("closed"))) {
                stop.listen();
                System.out.println("ready");
                stop.await();
            }
            System.exit(0);
        }
    }

    private record Ended(int code, String out) {}

    private static Ended signalled(String signal) throws IOException, InterruptedException {
        assumeThat(ignoredHere())
                .as("a signal that is ignored here is ignored by every child")
                .doesNotContain(signal);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java, "-Xshare:auto", "-cp", System.getProperty("java.class.path"), Waiting.class.getName());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("ready");
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            String rest = String.join("\n", out.lines().toList());
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), rest);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program that runs in the background of a shell, or behind nohup, cannot be interrupted or hung up. */
    private static List<String> ignoredHere() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return List.of();
        }
        String mask = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).trim())
                .findFirst()
                .orElse("0");
        BigInteger ignored = new BigInteger(mask, 16);
        return Map.of("HUP", 1, "INT", 2, "TERM", 15).entrySet().stream()
                .filter(signal -> ignored.testBit(signal.getValue() - 1))
                .map(Map.Entry::getKey)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void signalToStop_closesOnceAndExitsZero(String signal) throws Exception {
        assertThat(signalled(signal)).isEqualTo(new Ended(0, "closed"));
    }

    @Test
    void anyOtherEnd_closesOnceToo() throws Exception {
        assertThat(signalled("HUP").out()).isEqualTo("closed");
    }
}
