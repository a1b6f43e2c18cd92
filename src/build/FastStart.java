import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Readies what makes a start fast, once for a jar and a JDK: the native libraries as files, and an archive of the classes as
 * they are loaded and linked (an AOT cache from JDK 25 on). What java is given then stands in {@code target/java.options},
 * whose first line is the title that {@code run.sh} compares. The program runs as well without all of this.
 *
 * <p>{@code java FastStart TARGET TITLE FLAGS}, the last a file with the JVM's flags. A JDK before 24 archives few classes
 * where the path to the jar has a space or the like.
 */
public final class FastStart {
    private static final int TICK_MILLIS = 10_000;

    private FastStart() {}

    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0]);
        try (FileChannel channel = FileChannel.open(
                        target.resolve(".prepare.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                System.err.println("Another run readies a fast start just now; this one starts the slower way.");
            } else {
                ready(target, args[1], flags(Path.of(args[2])));
            }
        }
    }

    private static List<String> flags(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** The program runs as well without, so a failure is told and not passed on. */
    private static void ready(Path target, String title, List<String> flags) throws IOException {
        long begun = System.nanoTime();
        StartFiles.removeLeftovers(target);
        StartFiles files = new StartFiles(target, title, flags);
        if (files.isOfAnother()) {
            System.err.println("This is another JDK than the last one, or another place.");
        }
        System.err.println("Readying a fast start for this jar and Java " + System.getProperty("java.version")
                + ", once; it takes some seconds ...");
        tickSince(begun);
        try {
            files.make();
            System.err.println("  ready in " + secondsSince(begun) + " s");
        } catch (IOException | InterruptedException | RuntimeException e) {
            Path log = target.resolve(".ready.log");
            try (PrintStream out = new PrintStream(Files.newOutputStream(log))) {
                e.printStackTrace(out);
            }
            System.err.println("  it starts the slower way; target/.ready.log says why");
        }
    }

    /** Says now and then that it still goes on. */
    private static void tickSince(long begun) {
        Thread ticker = new Thread(() -> {
            try {
                while (true) {
                    Thread.sleep(TICK_MILLIS);
                    System.err.println("  still readying a fast start, for " + secondsSince(begun) + " s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        ticker.setDaemon(true);
        ticker.start();
    }

    private static long secondsSince(long begun) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
    }
}
