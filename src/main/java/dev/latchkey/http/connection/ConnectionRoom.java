package dev.latchkey.http.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How many connections a process has room for: on its heap, and among the files that the system lets it have open. */
public final class ConnectionRoom {
    /**
     * What a connection may hold on the heap at worst. Measured with 400 of them and the heap of {@code run.sh}: idle 6
     * KiB, an unfinished header of 98 fields 31 KiB, with a form that never ends 46 KiB, in chunks of one byte 31 KiB; the
     * worst is a long path and field, after a longer field whose buffer the parser keeps, and a form: 71 KiB.
     */
    private static final long BYTES_PER_CONNECTION = 72 * 1024;

    /**
     * What is not for connections: 20 MiB that an idle service has, 14 MiB for two passwords being hashed, some 8 MiB for
     * large headers (four times their bytes), as much for large bodies that are taken apart, and what is unread.
     */
    private static final long BYTES_BESIDE_CONNECTIONS = 54 * 1024 * 1024;

    private static final int FEWEST_CONNECTIONS = 256;
    private static final int MOST_CONNECTIONS = 8_192;
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final String LABEL = "Max open files";

    private ConnectionRoom() {}

    /** How many connections this process bears. */
    public static int ofThisProcess() {
        return of(Runtime.getRuntime().maxMemory(), openFiles());
    }

    /** How many connections a heap of this size bears, in half of so many files: the rest is for the store and for refusing. */
    static int of(long maxHeapBytes, long maxOpenFiles) {
        long fitting = (maxHeapBytes - BYTES_BESIDE_CONNECTIONS) / BYTES_PER_CONNECTION;
        return (int) Math.min(maxOpenFiles / 2, Math.max(FEWEST_CONNECTIONS, Math.min(MOST_CONNECTIONS, fitting)));
    }

    /**
     * The limit that Linux says; {@link Long#MAX_VALUE} where there is none or no Linux. The JDK's management beans know
     * it too, but take longer to load than the rest of HTTP.
     */
    private static long openFiles() {
        try {
            return Files.isReadable(LIMITS) ? openFiles(Files.readAllLines(LIMITS)) : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** The limit in force of a table as in proc_pid_limits(5). */
    static long openFiles(List<String> table) {
        for (String line : table) {
            if (line.startsWith(LABEL)) {
                String inForce = line.substring(LABEL.length()).strip().split(" ", 2)[0];
                return inForce.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(inForce);
            }
        }
        return Long.MAX_VALUE;
    }
}
