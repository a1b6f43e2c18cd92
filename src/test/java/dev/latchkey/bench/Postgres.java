package dev.latchkey.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Replicas on the PostgreSQL server that {@code run.sh bench postgres} has started, for keys at random, beside SQLite in the
 * same run. What the database computes is taken off what openssl could sign: it is another machine's in most places.
 */
final class Postgres implements Row {
    private static final String SECRET = "bench-secret-bench-secret-bench-secret";
    private static final String SEED =
            "{\"scopes\":[{\"name\":\"bench\",\"description\":\"\"}],\"keys\":[{\"id\":\"template\"," + "\"secret\":\""
                    + SECRET + "\",\"name\":\"template\",\"scopes\":[\"bench\"]}]}";
    private static final int MIDDLE = 64;

    /**
     * So many tokens as compile all of their path, however fast the machine is: after half of them the compiler still takes 6
     * in 100 of the service's time.
     */
    private static final long WARMING_TOKENS = 120_000;

    private static final int MOST_WARMINGS = 20;

    /** Uses of keys are written down so long after the load at the latest; openssl must not share the processors with that. */
    private static final long MILLIS_UNTIL_WRITTEN = 11_000;

    private final Setup setup;

    Postgres(Setup setup) {
        this.setup = setup;
    }

    /** The runs of one kind, and what the database did meanwhile. */
    private static final class Measured {
        private final Runs runs = new Runs();
        private final List<Double> ratios = new ArrayList<>();
        private final List<Double> databaseMillisEach = new ArrayList<>();
        private final List<Double> statementsEach = new ArrayList<>();
    }

    @Override
    public void measure() throws IOException {
        String port = System.getenv("BENCH_PG_PORT");
        if (port == null) {
            setup.table().missing("replicas on PostgreSQL: ./run.sh bench postgres starts a server and measures them");
            return;
        }
        try (Connection database = DriverManager.getConnection(url(port))) {
            measure(database, port);
        } catch (SQLException e) {
            throw new IOException("the database cannot be used", e);
        }
    }

    private static String url(String port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/bench?user=postgres";
    }

    private void measure(Connection database, String port) throws IOException, SQLException {
        String url = url(port);
        int keys = setup.settings().many();
        Store sqlite = setup.newStore("sqlite");
        Fill.keys(sqlite, keys);
        start(url, "seeding", "--seed", SEED).close();
        FillPostgres.keys(database, "template", keys);
        Request request = Request.tokens(keys, SECRET);
        setup.table()
                .part(String.format(Locale.ROOT, "PostgreSQL, %,d keys at random", keys), "a second", "of openssl");
        try (ServiceProcess onFile = setup.start(sqlite);
                ServiceProcess replica = start(url, "replica")) {
            warm(onFile, Request.tokens(keys, sqlite.secret()));
            warm(replica, request);
            Measured alone = new Measured();
            for (int connections : new int[] {16, MIDDLE, 256}) {
                Measured file = load(onFile, Request.tokens(keys, sqlite.secret()), connections, database);
                Measured one = load(replica, request, connections, database);
                print("SQLite, " + connections + " connections", file, "");
                print("PostgreSQL, " + connections + " connections", one, connections == MIDDLE ? ">= 0.75" : "");
                alone = connections == MIDDLE ? one : alone;
            }
            delayed(port, request, database, alone);
            two(url, replica, request, alone);
            setup.table()
                    .row("resident memory, MiB", Spread.of(List.of(replica.residentMiB())), Spread.none(), "<= 130");
        }
    }

    private ServiceProcess start(String url, String name, String... more) throws IOException {
        return ServiceProcess.start(
                port -> {
                    List<String> words =
                            new ArrayList<>(setup.programs().checkout("serve", "--port", String.valueOf(port)));
                    words.addAll(List.of(more));
                    return words;
                },
                Map.of("LATCHKEY_DB", url),
                Files.createTempDirectory(setup.folder(), name).resolve("serve.log"),
                Request.token("/connect/token", more.length > 0 ? "template" : Request.keyOf(0), SECRET));
    }

    private Measured load(ServiceProcess service, Request request, int connections, Connection database)
            throws IOException, SQLException {
        Settings settings = setup.settings();
        Measured measured = new Measured();
        double before = limit();
        for (int i = 0; i < settings.otherRuns(); i++) {
            double computed = besideMillis();
            double asked = statements(database);
            Load load = service.load(request, connections, settings.seconds());
            double beside = besideMillis() - computed;
            measured.statementsEach.add((statements(database) - asked) / load.good());
            double processors = Runtime.getRuntime().availableProcessors();
            double ofAll = load.perSecond() / (1 - beside / 1e3 / load.seconds() / processors);
            measured.runs.add(load);
            measured.databaseMillisEach.add(beside / load.good());
            double after = limit();
            measured.ratios.add(ofAll / ((before + after) / 2));
            before = after;
        }
        return measured;
    }

    private void warm(ServiceProcess service, Request request) throws IOException {
        Settings settings = setup.settings();
        long tokens = 0;
        for (int i = 0; i < (settings.quick() ? 1 : MOST_WARMINGS) && tokens < WARMING_TOKENS; i++) {
            tokens += service.load(request, MIDDLE, settings.warmSeconds()).good();
        }
    }

    private double limit() throws IOException {
        if (!setup.settings().quick()) {
            try {
                Thread.sleep(MILLIS_UNTIL_WRITTEN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("it was ended");
            }
        }
        return OpenSsl.signaturesPerSecond(setup.settings().limitSeconds());
    }

    private void print(String name, Measured measured, String goal) {
        Table table = setup.table();
        table.row(name, measured.runs.spread(Load::perSecond), Spread.of(measured.ratios), goal, measured.runs);
        table.row(name + ", p50 ms", measured.runs.spread(Load::p50Millis), Spread.none(), "");
        table.row(name + ", CPU ms a token", measured.runs.spread(Load::cpuMillisEach), Spread.none(), "");
        if (name.startsWith("P")) {
            table.row(
                    "  the database's, and statements a token",
                    Spread.of(measured.databaseMillisEach),
                    Spread.of(measured.statementsEach),
                    "<= 1");
        }
    }

    /** The same by way of a proxy; what that computes is taken off, too. */
    private void delayed(String port, Request request, Connection database, Measured alone)
            throws IOException, SQLException {
        for (int millis : new int[] {1, 5}) {
            try (DelayingProxy proxy = DelayingProxy.before(Integer.parseInt(port), millis);
                    ServiceProcess replica = start(url(String.valueOf(proxy.port())), "delayed")) {
                warm(replica, request);
                Measured slower = load(replica, request, MIDDLE, database);
                String name = "PostgreSQL " + millis + " ms away, " + MIDDLE;
                print(name, slower, "");
                List<Double> over = new ArrayList<>();
                for (int i = 0; i < slower.ratios.size(); i++) {
                    over.add(slower.ratios.get(i) / alone.ratios.get(i));
                }
                setup.table().row("  over not away", Spread.none(), Spread.of(over), millis == 1 ? ">= 0.95" : "");
            }
        }
    }

    private void two(String url, ServiceProcess first, Request request, Measured alone) throws IOException {
        Settings settings = setup.settings();
        Runs both = new Runs();
        Runs together = new Runs();
        try (ServiceProcess second = start(url, "second")) {
            warm(second, request);
            for (int i = 0; i < settings.otherRuns(); i++) {
                CompletableFuture<Load> other =
                        CompletableFuture.supplyAsync(() -> half(second, request, settings.seconds()));
                Load one = half(first, request, settings.seconds());
                Load two = other.join();
                both.add(one.cpuMillisEach() > two.cpuMillisEach() ? one : two);
                together.add(
                        new Load(one.seconds(), one.good() + two.good(), 0, 0, one.failures() + two.failures(), 0));
            }
        }
        Table table = setup.table();
        table.row(
                "two replicas together, over one",
                together.spread(Load::perSecond),
                together.over(alone.runs, Load::perSecond),
                "",
                together);
        table.row(
                "the dearer one's CPU ms a token, over one's",
                both.spread(Load::cpuMillisEach),
                both.over(alone.runs, Load::cpuMillisEach),
                "<= 1.05");
    }

    private static Load half(ServiceProcess service, Request request, int seconds) {
        try {
            return service.load(request, MIDDLE / 2, seconds);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the database's processes have computed so far, and this one, which holds the proxy. */
    private static double besideMillis() {
        ProcessHandle server =
                ProcessHandle.of(Long.parseLong(System.getenv("BENCH_PG_PID"))).orElseThrow();
        return Stream.concat(Stream.of(server, ProcessHandle.current()), server.descendants())
                .mapToDouble(one ->
                        one.info().totalCpuDuration().map(Duration::toMillis).orElse(0L))
                .sum();
    }

    /** How often keys were selected. */
    private static double statements(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE query LIKE 'SELECT k.id%'")) {
            row.next();
            return row.getDouble(1);
        }
    }
}
