package dev.latchkey.http;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.http.oauth.ForwardAuth;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between the socket and Javalin, and how much of everything there may be. Whatever clients do, memory is
 * bounded by the number of connections times what one may hold: a header, and as much of a body as is read ahead.
 */
final class JettySetup {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    /** A cache of repeated headers would hold tens of kilobytes for each connection, from its second request on. */
    private static final int NO_HEADER_CACHE = 0;

    private static final int MAX_THREADS = 24;

    /** Of so many threads one is left for what needs no store, and for turning others away. */
    private static final int THREADS_PER_FREE_THREAD = 3;

    /** Some of the turns are for bodies that are too large to be read ahead and hold a thread while they arrive. */
    private static final int THREADS_PER_LARGE_BODY = 8;

    private static final int MAX_LARGE_BODIES_IN_LINE = 16;
    private static final Duration PATIENCE_IN_LINE = Duration.ofSeconds(5);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(30);
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);

    /** How long threads that do not end are waited for when the rest has. */
    private static final Duration THREADS_TIMEOUT = Duration.ofMillis(500);

    /** What a connection may hold at worst: a header and its strings, and a body that is read ahead. */
    private static final long BYTES_PER_CONNECTION = 64 * 1024;

    /** What is not for connections. */
    private static final long BYTES_BESIDE_CONNECTIONS = 40 * 1024 * 1024;

    private static final int FEWEST_CONNECTIONS = 256;
    private static final int MOST_CONNECTIONS = 8_192;

    /** Of so many connections' requests three may stand in line: those beyond are shed, and can always be. */
    private static final int LINE_PARTS = 5;

    /** What comes after a start may wait for so long. */
    private static final Duration FIRST_ANSWERS_PATIENCE = Duration.ofMillis(250);

    private final QueuedThreadPool threads = HttpThreads.pool(MAX_THREADS, IDLE_TIMEOUT);
    private final Scheduler scheduler = new ScheduledExecutorScheduler("latchkey-timer", true);
    private final Server server = new Server(threads, scheduler, null);
    private final TurnedAway turnedAway = new TurnedAway(scheduler);
    private final int maxConnections = maxConnections(Runtime.getRuntime().maxMemory());
    private final OpenConnections connections = new OpenConnections(maxConnections);
    private @Nullable Door door;

    /** How many connections a heap of this size bears. */
    static int maxConnections(long maxHeapBytes) {
        long fitting = (maxHeapBytes - BYTES_BESIDE_CONNECTIONS) / BYTES_PER_CONNECTION;
        return (int) Math.max(FEWEST_CONNECTIONS, Math.min(MOST_CONNECTIONS, fitting));
    }

    /**
     * Puts everything in its place. Nothing runs yet, so nothing needs to be stopped.
     *
     * @param listener bound already
     * @param tls null = plain HTTP
     * @throws LatchkeyException of kind {@link ErrorKind#MISCONFIGURED} when the listener cannot be used
     */
    void prepare(ServerSocketChannel listener, @Nullable Tls tls, Routes routes, HttpServices services) {
        threads.setStopTimeout(THREADS_TIMEOUT.toMillis());
        server.setErrorHandler(new JettyErrors());
        server.setDefaultHandler(null);
        server.setHandler(chain(routes, services));
        server.addBean(turnedAway);
        server.addConnector(door(listener, tls));
    }

    /**
     * Starts all that is needed to answer. No connection is accepted before {@link #unlock}.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#MISCONFIGURED} when that fails
     */
    void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw LatchkeyException.of(ErrorKind.MISCONFIGURED, "The HTTP server does not start: " + e.getMessage(), e);
        }
    }

    /**
     * Starts to answer.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#MISCONFIGURED} when the listener cannot be used
     */
    void unlock() {
        Door started = Objects.requireNonNull(door, "prepared");
        try {
            started.unlock();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Returns when those who are connected have had their first answers, or after a while. */
    void awaitFirstAnswers() {
        connections.awaitFirstAnswers(FIRST_ANSWERS_PATIENCE);
    }

    private Handler chain(Routes routes, HttpServices services) {
        Turns turns = turns(MAX_THREADS - MAX_THREADS / THREADS_PER_FREE_THREAD, maxConnections * 3 / LINE_PARTS);
        Turns large = turns(Math.max(1, MAX_THREADS / THREADS_PER_LARGE_BODY), MAX_LARGE_BODIES_IN_LINE);
        Set<String> fromMemory = routes.fromMemory();
        TurnHandler inTurn = turn(turns, request -> !fromMemory.contains(Request.getPathInContext(request)));
        boolean prompt = services.promptStore();
        ForwardAuth forwardAuth = new ForwardAuth(services.accessTokens());
        return chain(
                new JavalinPart(routes, services),
                new RequestIdHandler(),
                new ForwardAuthHandler(routes::isForwardAuth, forwardAuth, prompt, inTurn),
                new PathRules(),
                new FormDoor(routes.forms(), prompt, inTurn),
                new ThreadChange(threads),
                new BodyFirst(),
                turn(large, BodyFirst::isPartly),
                inTurn,
                new OneMethod());
    }

    private static Handler chain(Handler last, Handler.Wrapper... before) {
        for (int i = 1; i < before.length; i++) {
            before[i - 1].setHandler(before[i]);
        }
        before[before.length - 1].setHandler(last);
        return before[0];
    }

    private TurnHandler turn(Turns turns, Predicate<Request> needsTurn) {
        return new TurnHandler(turns, needsTurn, turnedAway, connections::isCrowded);
    }

    private Turns turns(int atOnce, int maxInLine) {
        Turns turns = new Turns(atOnce, maxInLine, PATIENCE_IN_LINE, threads, scheduler);
        server.addBean(turns);
        return turns;
    }

    private static void configureHttp(HttpConfiguration http) {
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setHeaderCacheSize(NO_HEADER_CACHE);
        http.setUriCompliance(PathRules.COMPLIANCE);
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
    }

    private Door door(ServerSocketChannel listener, @Nullable Tls tls) {
        HttpConfiguration http = new HttpConfiguration();
        configureHttp(http);
        ConnectionFactory[] factories =
                tls == null ? new ConnectionFactory[] {new HttpConnectionFactory(http)} : tls.factories(http);
        Door opened = new Door(server, listener, connections, turnedAway, tls == null, System::nanoTime, factories);
        opened.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        // What is idle is closed as soon as nothing is to be answered on it; what is not may take its time.
        opened.setShutdownIdleTimeout(IDLE_TIMEOUT.toMillis());
        opened.addBean(new RequestDeadlines(scheduler, REQUEST_DEADLINE));
        try {
            opened.open(listener);
        } catch (IOException e) {
            throw unusable(e);
        }
        door = opened;
        return opened;
    }

    private static LatchkeyException unusable(IOException e) {
        return LatchkeyException.of(ErrorKind.MISCONFIGURED, "The listening socket cannot be used.", e);
    }

    /**
     * Accepts no connection any more, answers every request that has come on those that are open, and closes them.
     *
     * @return whether all was answered within 10 s
     */
    boolean drain() {
        Door opened = door;
        if (opened == null) {
            return true;
        }
        var unused = opened.shutdown();
        return connections.drain(DRAIN_TIMEOUT, () -> opened.readAll(DRAIN_TIMEOUT));
    }

    /** Ends everything. */
    void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.debug("not everything ended in time", e);
        }
    }
}
