package dev.latchkey.http.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many files and sockets the system lets this process have open. Without one left, no connection is accepted. */
final class OpenFiles {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LABEL = "Max open files";

    private OpenFiles() {}

    /**
     * The limit that Linux says; {@link Long#MAX_VALUE} where there is none or no Linux. The JDK's management beans know
     * it too, but take longer to load than the rest of HTTP.
     */
    static long limit() {
        try {
            return Files.isReadable(LIMITS) ? limit(Files.readAllLines(LIMITS)) : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** The limit in force of a table as in proc_pid_limits(5). */
    static long limit(List<String> table) {
        for (String line : table) {
            if (line.startsWith(LABEL)) {
                String inForce = line.substring(LABEL.length()).strip().split(" ", 2)[0];
                return inForce.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(inForce);
            }
        }
        return Long.MAX_VALUE;
    }
}
