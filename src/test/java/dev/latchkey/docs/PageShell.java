package dev.latchkey.docs;

import dev.latchkey.harness.Processes;
import dev.latchkey.sql.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The shell of a reader who types what a page says; only ports and the database's address are put in. */
public final class PageShell {
    private static final Path ROOT =
            Path.of(System.getProperty("latchkey.root", ".")).toAbsolutePath();
    private static final Pattern PORT = Pattern.compile("\\b(8080|900[0-9])\\b");
    private static final Pattern DATABASE = Pattern.compile("(?<!jdbc:)postgresql://[^']*");
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";
    private static final String BEFORE = """
            set -eo pipefail
            PATH=$PWD/bin:${JAVA_HOME:+$JAVA_HOME/bin:}$PATH
            trap 'kill $(jobs -p) 2> /dev/null || true; wait' EXIT
            """;

    private PageShell() {}

    /** Runs it in a folder that has run.sh, target, and the command latchkey; what it leaves running ends with it. */
    public static Processes.Outcome run(Path folder, String script) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        for (var link : Map.of("run.sh", "run.sh", "target", "target", "bin/latchkey", "run.sh")
                .entrySet()) {
            Files.deleteIfExists(folder.resolve(link.getKey()));
            Files.createSymbolicLink(folder.resolve(link.getKey()), ROOT.resolve(link.getValue()));
        }
        Map<String, String> ports = new HashMap<>(Map.of("8080", freePort()));
        String own = PORT.matcher(script).replaceAll(port -> ports.computeIfAbsent(port.group(), any -> freePort()));
        return Processes.run(
                folder,
                Map.of(
                        "LATCHKEY_PORT", ports.get("8080"),
                        "LATCHKEY_JAVA_OPTS", QUICK_COMPILER,
                        "CLASSES", System.getProperty("java.class.path")),
                List.of("bash", "-c", BEFORE + DATABASE.matcher(own).replaceAll(any -> TestPostgres.newDatabaseUrl())));
    }

    private static String freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
