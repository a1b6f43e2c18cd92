package dev.latchkey.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures the packaged jar: {@code Bench RUN_SH JAR JAVA JVM_FLAGS [row...]}. Without a row, all of them. See {@link
 * Settings} for the environment.
 */
final class Bench {
    private final Setup setup;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    private Bench(Setup setup) {
        this.setup = setup;
        rows.put("startup", new Startup(setup));
        rows.put("tokens", new Tokens(setup));
        rows.put("memory", new Memory(setup));
        rows.put("online", new Online(setup));
        rows.put("growth", new Growth(setup));
        rows.put("embedded", new Embedded(setup));
        rows.put("postgres", new Postgres(setup));
    }

    public static void main(String[] args) throws IOException {
        Programs programs = new Programs(args[0], args[1], args[2], List.of(args[3]));
        List<String> wanted = Arrays.asList(args).subList(4, args.length);
        Path folder = Files.createTempDirectory("latchkey-bench");
        boolean known;
        try {
            known = new Bench(new Setup(Settings.ofEnvironment(), programs, folder, new Table())).measure(wanted);
        } finally {
            delete(folder);
        }
        if (!known) {
            System.exit(2);
        }
    }

    private boolean measure(List<String> wanted) throws IOException {
        if (!rows.keySet().containsAll(wanted)) {
            System.err.println(
                    "run.sh bench: the rows are " + String.join(", ", rows.keySet()) + ", and jmh for the pieces.");
            return false;
        }
        introduce();
        for (Map.Entry<String, Row> row : rows.entrySet()) {
            if (wanted.isEmpty() || wanted.contains(row.getKey())) {
                row.getValue().measure();
            }
        }
        setup.table().end();
        return true;
    }

    private void introduce() {
        Settings settings = setup.settings();
        Table table = setup.table();
        int processors = Runtime.getRuntime().availableProcessors();
        table.say(
                "Java %s, %d processors (%.1f of them busy before), load by %s, %d s a run",
                System.getProperty("java.version"),
                processors,
                processors * busyShare(),
                Wrk.isInstalled() ? "wrk" : "the bundled generator",
                settings.seconds());
        if (!Wrk.isInstalled()) {
            table.missing("wrk: the bundled generator sent the load, and takes more of the processors than wrk does");
        }
        if (!Tool.isInstalled("openssl")) {
            table.missing("openssl: no ratios to what it can sign");
        }
        if (settings.quick()) {
            table.missing("time: BENCH_QUICK shows that everything runs, and no more than that");
        }
    }

    private static double busyShare() {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            return Double.NaN;
        }
        // The first call begins the interval that the second one ends.
        var unused = system.getCpuLoad();
        Tool.pause(2_000);
        return system.getCpuLoad();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
