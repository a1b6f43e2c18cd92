package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service inside a program leaves behind in its process: nothing, after as many starts as one likes. */
class NoSideEffectsTest {
    private static final int STARTS = 50;

    /** Pools of the JDK, whose threads come and go by themselves. */
    private static final Set<String> OF_THE_JVM =
            Set.of("ForkJoinPool", "CompletableFutureDelayScheduler", "HttpClient-");

    private static final long MANY_BYTES = 8L * 1024 * 1024;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @BeforeEach
    void watchStreams() {
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreStreams() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void fiftyStartsAndCloses_leaveThreadsFilesSocketsAndHeapAsTheyWere() throws Exception {
        startAndClose(0);
        Set<String> threads = threads();
        long files = openFiles();
        long heap = heapAfterCollection();

        for (int i = 1; i <= STARTS; i++) {
            startAndClose(i);
        }

        assertThat(threads()).isSubsetOf(threads);
        assertThat(openFiles()).isLessThanOrEqualTo(files);
        assertThat(heapAfterCollection()).isLessThan(heap + MANY_BYTES);
        assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void propertiesAndSecurityProviders_stayAsTheyWere() throws Exception {
        Properties properties = (Properties) System.getProperties().clone();
        List<String> providers = providers();

        startAndClose(0);

        assertThat(System.getProperties()).isEqualTo(properties);
        assertThat(providers()).isEqualTo(providers);
    }

    @Test
    void threads_areDaemons() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (Latchkey latchkey = Latchkey.builder().start()) {
            assertThat(latchkey.keys().list()).isEmpty();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    /** Every second one in a file; with a request, so that all threads that there are have been needed. */
    private void startAndClose(int number) throws IOException {
        Store store = number % 2 == 0 ? Store.memory() : Store.file(folder.resolve(number + ".db"));
        try (Latchkey latchkey = Latchkey.builder().store(store).start()) {
            String id = latchkey.keys().create("orders", "fx").id();
            assertThat(latchkey.tokenFor(id)).isNotEmpty();
            assertThat(get(latchkey.jwksUri())).isEqualTo(200);
        }
    }

    /** A client without threads, and without a connection that outlives its request. */
    private static int get(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestProperty("Connection", "close");
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> OF_THE_JVM.stream().noneMatch(name::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> providers() {
        return Stream.of(Security.getProviders()).map(Provider::getName).toList();
    }

    private static long openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.count();
        }
    }

    private static long heapAfterCollection() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
