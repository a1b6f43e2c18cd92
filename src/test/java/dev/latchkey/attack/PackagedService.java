package dev.latchkey.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Processes;
import dev.latchkey.harness.TestService;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as {@code run.sh} starts it, and so with its heap: on a free port, with a store in a folder. */
final class PackagedService implements AutoCloseable {
    static final String OWNER_PASSWORD = TestService.OWNER_PASSWORD;

    private static final Path ROOT =
            Path.of(System.getProperty("latchkey.root", ".")).toAbsolutePath();

    private static final Pattern READY = Pattern.compile("ready on https?://\\S*:(\\d+)[ ,]");
    private static final Pattern LIVE_BYTES = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private final Path folder;
    private final Process process;
    private final int port;

    private PackagedService(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** Starts a service on a new store with the keys of {@link Requests}, and waits until it is ready. */
    static PackagedService start(Path folder, List<String> flags) throws IOException {
        Path seed = folder.resolve("seed.json");
        Files.writeString(seed, Requests.seed());
        assertThat(seed.toFile().setReadable(false, false) && seed.toFile().setReadable(true, true))
                .isTrue();
        List<String> command = new ArrayList<>(List.of(
                ROOT.resolve("run.sh").toString(),
                "serve",
                "--port",
                "0",
                "--db",
                "attacked.db",
                "--seed",
                "seed.json"));
        command.addAll(flags);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("serve.err").toFile());
        // Settings of the one who tests are not for this service; that a build is under way is for run.sh.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("LATCHKEY_") && !name.equals("LATCHKEY_BUILD_LOCKED"));
        // It runs too briefly for the second compiler to pay.
        builder.environment().put("LATCHKEY_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        builder.environment().put("LATCHKEY_OWNER_PASSWORD", OWNER_PASSWORD);
        Process process = builder.start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = String.valueOf(out.readLine());
        Matcher ready = READY.matcher(line);
        if (!ready.find()) {
            process.destroyForcibly();
            throw new AssertionError(
                    "first line: " + line + "; on standard error: " + Files.readString(folder.resolve("serve.err")));
        }
        return new PackagedService(folder, process, Integer.parseInt(ready.group(1)));
    }

    int port() {
        return port;
    }

    /** Whether it runs and has not met the end of its memory. */
    void assertIsAlive() {
        assertThat(process.isAlive()).as("the service has ended: %s", log()).isTrue();
        assertThat(log()).doesNotContain("OutOfMemoryError");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** All that it has written to standard error. */
    String log() {
        try {
            return Files.readString(folder.resolve("serve.err"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What can be reached in its heap; collects all garbage before. */
    long liveBytes() {
        Matcher total = LIVE_BYTES.matcher(histogram());
        assertThat(total.find()).isTrue();
        return Long.parseLong(total.group(1));
    }

    /** What its heap holds, largest first, when all garbage is collected. */
    String histogram() {
        assertIsAlive();
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> command = List.of(
                jcmd,
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                String.valueOf(process.pid()),
                "GC.class_histogram");
        return Processes.run(folder, Map.of(), command).out();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
