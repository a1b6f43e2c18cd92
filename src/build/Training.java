import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The run in which the JVM learns which classes a start, tokens and commands load. */
final class Training {
    private static final int READY_SECONDS = 60;
    private static final int TOKENS = 3;

    private final List<String> java;
    private final List<String> program;
    private final Path scratch;

    /** The words that begin the command line, those between the JVM's flags and the program's words, and where it runs. */
    Training(List<String> java, List<String> program, Path scratch) {
        this.java = java;
        this.program = program;
        this.scratch = scratch;
    }

    /** Starts the program, has it issue and verify tokens, and lets the JVM keep the classes that took. */
    void train() throws IOException, InterruptedException {
        // Without the profiles that the first compiler writes for the second: those have a start compile a lot at once.
        List<String> keep = Runtime.version().feature() >= 25
                ? List.of("-XX:AOTCacheOutput=latchkey.aot", "-XX:TieredStopAtLevel=1")
                : List.of("-XX:ArchiveClassesAtExit=latchkey.jsa");
        Process service = latchkey(keep, Map.of(), "serve", "--port", "0")
                .redirectOutput(scratch.resolve("out").toFile())
                .redirectError(scratch.resolve("err").toFile())
                .start();
        try {
            String url = awaitUrl(service);
            if (url != null) {
                use(url);
            }
        } finally {
            service.destroy();
            if (!service.waitFor(READY_SECONDS, TimeUnit.SECONDS)) {
                service.destroyForcibly();
            }
        }
    }

    /** Whether tokens were signed by the native signer. */
    boolean sawNativeSigner() throws IOException {
        Path log = scratch.resolve("err");
        return Files.exists(log) && Files.readString(log).contains("signed by AWS-LC");
    }

    private void use(String url) throws IOException, InterruptedException {
        Map<String, String> key = call(
                        Map.of(), "", "keys", "create", "archive", "--scopes", "archive", "--add-scopes", "--env")
                .lines()
                .map(line -> line.split("=", 2))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        String token = "";
        for (int i = 0; i < TOKENS; i++) {
            token = call(key, "", "token", "--url", url);
        }
        call(Map.of(), token, "inspect", "-", "--jwks-url", url + "/.well-known/jwks.json");
    }

    /** What a command prints. */
    private String call(Map<String, String> environment, String in, String... words)
            throws IOException, InterruptedException {
        Process process = latchkey(List.of(), environment, words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().write(in.getBytes());
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return out;
    }

    private ProcessBuilder latchkey(List<String> more, Map<String, String> environment, String... words) {
        List<String> command = new ArrayList<>(java);
        command.addAll(more);
        command.addAll(program);
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(scratch.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** The URL of the line that says that the service is ready; null when it ends or takes too long. */
    private String awaitUrl(Process service) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(READY_SECONDS)) {
            String out = Files.readString(scratch.resolve("out"));
            String begin = "Latchkey is ready on ";
            if (out.startsWith(begin) && out.indexOf(' ', begin.length()) > 0) {
                return out.substring(begin.length(), out.indexOf(' ', begin.length()));
            }
            if (service.waitFor(50, TimeUnit.MILLISECONDS)) {
                return null;
            }
        }
        return null;
    }
}
