package dev.latchkey.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs to their end, with their output in files, so that nothing waits for a pipe. */
public final class Processes {
    private static final long LIMIT_SECONDS = 240;

    private Processes() {}

    /** Starts a class of the tests in a JVM of its own; what it prints as an error is printed here. */
    public static Process java(Class<?> main, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What a program left behind. */
    public record Outcome(int exitCode, String out, String err) {}

    /** Runs a program in a folder; what it started in the background may outlive it. */
    public static Outcome run(Path folder, Map<String, String> env, List<String> command) {
        try {
            Path outputs = Files.createTempDirectory("latchkey-run");
            try {
                return run(folder, env, command, outputs.resolve("out"), outputs.resolve("err"));
            } finally {
                Files.deleteIfExists(outputs.resolve("out"));
                Files.deleteIfExists(outputs.resolve("err"));
                Files.delete(outputs);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Outcome run(Path folder, Map<String, String> env, List<String> command, Path out, Path err)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(env);
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("did not end: " + Files.readString(out) + Files.readString(err));
        }
        return new Outcome(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
