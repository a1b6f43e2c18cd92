package dev.latchkey.bench;

import dev.latchkey.json.Json;
import dev.latchkey.json.JsonSyntaxException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Measures the packaged jar: tokens a second against the limit that openssl finds in the same run, latencies, the way to
 * the first token, memory. {@code Bench RUN_SH JAR JAVA}; environment {@code BENCH_SECONDS} (8), {@code BENCH_RUNS} (5).
 */
final class Bench {
    private static final int SECONDS = setting("BENCH_SECONDS", 8);
    private static final int RUNS = setting("BENCH_RUNS", 5);
    private static final String GRANT = "grant_type=client_credentials";
    private static final List<String> HEAP = List.of("-XX:+UseSerialGC", "-Xms16m", "-Xmx96m");

    private final List<String> runSh;
    private final List<String> plainJava;
    private final Path folder;

    private Bench(String runSh, String jar, String java, Path folder) {
        this.runSh = List.of(runSh);
        this.plainJava = new ArrayList<>(List.of(java));
        this.plainJava.addAll(HEAP);
        this.plainJava.addAll(List.of("-jar", jar));
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("latchkey-bench");
        try {
            new Bench(args[0], args[1], args[2], folder).measure();
        } finally {
            delete(folder);
        }
    }

    private void measure() throws IOException {
        say(
                "Java %s, %d processors, load by %s, %d s a run after as much warm-up",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Wrk.isInstalled() ? "wrk" : "the bundled generator (wrk is not installed)",
                SECONDS);
        Path db = folder.resolve("bench.db");
        Request token = new Request("POST", "/connect/token", newKey(db), GRANT);
        starts(db, token);
        load(db, token);
    }

    private void starts(Path db, Request token) throws IOException {
        row("start to first token, ms", "median", "all runs");
        start("through run.sh", runSh, db, token, false);
        start("through java -jar", plainJava, db, token, false);
        start("first ever, through run.sh", runSh, db, token, true);
    }

    /** With {@code fresh}, the store holds nothing but the key: its signing key and Owner are made in each run. */
    private void start(String name, List<String> command, Path db, Request token, boolean fresh) throws IOException {
        double[] millis = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            Path store = db;
            Request request = token;
            if (fresh) {
                store = Files.createDirectory(folder.resolve("fresh" + i)).resolve("bench.db");
                request = new Request("POST", "/connect/token", newKey(store), GRANT);
            }
            try (ServiceProcess service = ServiceProcess.start(command, store, request)) {
                millis[i] = service.millisToFirstToken();
            }
        }
        row(
                name,
                format("%.0f", median(millis)),
                Arrays.toString(Arrays.stream(millis).mapToLong(Math::round).toArray()));
    }

    private void load(Path db, Request token) throws IOException {
        try (ServiceProcess service = ServiceProcess.start(runSh, db, token)) {
            row("memory idle, MiB", String.valueOf(service.residentMiB()), "");
            run(service, token, 64);
            row("", "a second", "of the limit   p50 ms   p99 ms   p99/p50   failed");
            for (int connections : List.of(16, 64, 256)) {
                OptionalDouble limit = OpenSsl.signaturesPerSecond(3);
                print("tokens, " + connections + " connections", run(service, token, connections), limit);
            }
            row("memory after load, MiB", String.valueOf(service.residentMiB()), "");
            online(service, token);
        }
        if (OpenSsl.signaturesPerSecond(1).isEmpty()) {
            say("openssl is not installed: no ratios to the limit");
        }
    }

    /** What a resource server asks, measured beside the tokens of the same run. */
    private void online(ServiceProcess service, Request token) throws IOException {
        String accessToken = accessToken(service, token);
        Request verify = new Request("GET", "/connect/verify", "Bearer " + accessToken, "");
        Request introspect = new Request("POST", "/connect/introspect", token.authorization(), "token=" + accessToken);
        for (Request request : List.of(verify, introspect)) {
            run(service, request, 16);
            print(request.toString(), run(service, request, 16), OptionalDouble.empty());
        }
    }

    private static Load run(ServiceProcess service, Request request, int connections) throws IOException {
        return Wrk.isInstalled()
                ? Wrk.run(service.url(), request, connections, SECONDS)
                : new LoadGenerator(service.port(), request.onTheWire()).run(connections, SECONDS);
    }

    private static void print(String name, Load load, OptionalDouble limit) {
        String ratio = limit.isPresent() ? format("%.2f", load.perSecond() / limit.getAsDouble()) : "-";
        row(
                name,
                format("%.0f", load.perSecond()),
                format(
                        "%12s %8.2f %8.2f %9.1f %8d",
                        ratio,
                        load.p50Millis(),
                        load.p99Millis(),
                        load.p99Millis() / load.p50Millis(),
                        load.failures()));
    }

    /** Makes a key in a store, which is made too, and answers its Basic header. */
    private String newKey(Path db) throws IOException {
        List<String> command = new ArrayList<>(plainJava);
        command.addAll(List.of("keys", "create", "bench", "--scopes", "a b c", "--add-scopes", "--json"));
        command.addAll(List.of("--db", db.toString()));
        Map<String, Object> key = json(Tool.run(Map.of(), command.toArray(String[]::new)));
        String pair = key.get("id") + ":" + key.get("secret");
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String accessToken(ServiceProcess service, Request token) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + token.path()))
                .header("Authorization", token.authorization())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(token.body()))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return (String) json(answer.body()).get("access_token");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Map<String, Object> json(String text) throws IOException {
        try {
            return Json.parseObject(text);
        } catch (JsonSyntaxException e) {
            throw new IOException("no JSON: " + text, e);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static int setting(String name, int otherwise) {
        String value = System.getenv(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static void row(String name, String value, String rest) {
        say("%-32s %10s   %s", name, value, rest);
    }

    private static void say(String format, Object... values) {
        System.out.println(format(format, values).stripTrailing());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
