package dev.latchkey.http.server;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.connection.ConnectionLimit;
import dev.latchkey.http.connection.ConnectionRoom;
import dev.latchkey.http.connection.HeaderLimits;
import dev.latchkey.http.connection.Http1ConnectionFactory;
import dev.latchkey.http.connection.LimitedConnector;
import dev.latchkey.http.connection.RequestDeadlines;
import dev.latchkey.http.connection.Tls;
import dev.latchkey.log.LogEvent;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty, put together: what stands between the socket and the endpoints, and how much of everything there may be.
 * Thread-safe.
 */
public final class JettyServer {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");

    /** A cache of repeated headers would hold tens of kilobytes for each connection, from its second request on. */
    private static final int NO_HEADER_CACHE = 0;

    /** Longer than common balancers keep theirs. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(30);

    /** How long threads that do not end are waited for when the rest has. */
    private static final Duration THREADS_TIMEOUT = Duration.ofMillis(500);

    private static final long LARGE_HEADER_BYTES = 2 * 1024 * 1024;
    private static final long UNREAD_ANSWER_BYTES = 4 * 1024 * 1024;

    /** What comes after a start may wait for so long. */
    private static final Duration FIRST_ANSWERS_PATIENCE = Duration.ofMillis(250);

    private final QueuedThreadPool threads;
    private final Scheduler scheduler = new ScheduledExecutorScheduler("latchkey-timer", true);
    private final Server server;
    private final int maxConnections;
    private final ConnectionLimit connections;
    private final LoadShedder shedder;
    private final HeaderLimits limits;
    private final List<LimitedConnector> connectors = new ArrayList<>();
    private final @Nullable Tls tls;

    /**
     * Puts everything in its place. Nothing runs yet, so nothing needs to be stopped.
     *
     * @param listeners bound already
     * @param identity a key store with an empty password; null = plain HTTP
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when a listener cannot be used
     */
    public JettyServer(List<ServerSocketChannel> listeners, Endpoints endpoints, @Nullable KeyStore identity) {
        MetricsPort metrics = endpoints.metricsPort();
        int readers = Runtime.getRuntime().availableProcessors();
        this.threads = JettyPools.threads(metrics == null ? 0 : MetricsPort.THREADS, readers);
        this.server = new Server(threads, scheduler, JettyPools.buffers());
        this.maxConnections = ConnectionRoom.ofThisProcess() - (metrics == null ? 0 : MetricsPort.MAX_CONNECTIONS);
        this.connections = new ConnectionLimit(maxConnections);
        this.limits = new HeaderLimits(endpoints.isForwardAuth(), LARGE_HEADER_BYTES);
        this.tls = identity == null ? null : new Tls(identity);
        this.shedder = new LoadShedder(scheduler, connections::isCrowded, endpoints.listener());
        threads.setStopTimeout(THREADS_TIMEOUT.toMillis());
        RequestIdHandler ids = new RequestIdHandler(endpoints, shedder.malformed());
        JettyErrorHandler errors = new JettyErrorHandler(ids);
        server.setErrorHandler(errors);
        server.setDefaultHandler(null);
        server.addBean(shedder);
        LimitedConnector main = connector(listeners, readers, connections);
        RequestReport.attach(server, endpoints, main);
        List<Handler.Wrapper> first = new ArrayList<>(List.of(ids));
        if (metrics != null) {
            ConnectionLimit few = new ConnectionLimit(MetricsPort.MAX_CONNECTIONS);
            first.add(metrics.handler(connector(metrics.listeners(), 1, few), threads));
        }
        server.setHandler(handlers(endpoints, first, errors));
        try {
            for (LimitedConnector connector : connectors) {
                connector.openListeners();
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Loads most of the classes of a server, by making one that is never started. */
    public static void preload() {
        HttpConfiguration http = new HttpConfiguration();
        Server server = new Server(JettyPools.threads(0, 1), new ScheduledExecutorScheduler(), JettyPools.buffers());
        ConnectionLimit limit = new ConnectionLimit(1);
        HeaderLimits limits = new HeaderLimits(path -> false, LARGE_HEADER_BYTES);
        server.addConnector(new LimitedConnector(
                server, List.of(), 1, limit, () -> {}, true, new Http1ConnectionFactory(http, limits)));
    }

    /**
     * Starts all that is needed to answer; who connects waits until {@link #answer}.
     *
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when that fails
     */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw ServiceException.of(ErrorKind.MISCONFIGURED, "The HTTP server does not start: " + e.getMessage(), e);
        }
    }

    /**
     * Starts to answer, those first who have connected before.
     *
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when a listener cannot be used
     */
    public void answer() {
        try {
            for (LimitedConnector connector : connectors) {
                connector.unlock();
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Returns when those who are connected have had their first answers, so that nothing that the caller does then takes
     * the processor from them; after a quarter of a second in any case.
     */
    public void awaitFirstAnswers() {
        connections.awaitFirstAnswers(FIRST_ANSWERS_PATIENCE);
    }

    /** Shows this on new connections, where there is TLS; the store's password is empty. */
    public void renew(KeyStore identity) {
        if (tls != null) {
            tls.renew(identity);
        }
    }

    private Handler handlers(Endpoints endpoints, List<Handler.Wrapper> first, JettyErrorHandler errors) {
        AdmissionControl control = AdmissionControl.of(maxConnections, threads, scheduler);
        server.addBean(control);
        AdmissionControl signing = AdmissionControl.ofSigning(maxConnections, threads, scheduler);
        server.addBean(signing);
        ManagementBodies bodies = new ManagementBodies(control, shedder);
        List<Handler.Wrapper> before = new ArrayList<>(first);
        before.addAll(endpoints.front());
        before.addAll(List.of(
                new FormEndpointHandler(endpoints.forms(), endpoints.promptStore(), control, signing, shedder),
                new ForwardAuthHandler(
                        endpoints.isForwardAuth(), endpoints.forwardAuth(), endpoints.promptStore(), control, shedder),
                new AmbiguousPathFilter(),
                new DocumentHandler(endpoints.documents(), threads),
                new AdmissionHandler(control, shedder, new AnswerBuffer.Budget(UNREAD_ANSWER_BYTES))));
        Handler next = new LazyJavalinHandler(config -> endpoints.operations().accept(config, bodies), errors);
        for (int i = before.size() - 1; i >= 0; i--) {
            before.get(i).setHandler(next);
            next = before.get(i);
        }
        return next;
    }

    private LimitedConnector connector(List<ServerSocketChannel> listeners, int readers, ConnectionLimit limit) {
        HttpConfiguration http = new HttpConfiguration();
        http.setHeaderCacheSize(NO_HEADER_CACHE);
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setUriCompliance(AmbiguousPathFilter.COMPLIANCE);
        http.setSendServerVersion(false);
        ConnectionFactory[] factories = tls == null
                ? new ConnectionFactory[] {new Http1ConnectionFactory(http, limits)}
                : tls.factories(http, limits);
        LimitedConnector made =
                new LimitedConnector(server, listeners, readers, limit, shedder::connection, tls == null, factories);
        made.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        // What is idle is closed as soon as nothing is to be answered on it; what is not may take its time.
        made.setShutdownIdleTimeout(IDLE_TIMEOUT.toMillis());
        made.addBean(new RequestDeadlines(scheduler, REQUEST_DEADLINE));
        connectors.add(made);
        server.addConnector(made);
        return made;
    }

    private static ServiceException unusable(IOException e) {
        return ServiceException.of(ErrorKind.MISCONFIGURED, "The listening socket cannot be used.", e);
    }

    /** Stops accepting, finishes requests that have come, begun or not, within this time, then ends everything. Idempotent. */
    public void close(Duration patience) {
        for (LimitedConnector connector : connectors) {
            var unused = connector.shutdown();
        }
        if (!connections.drain(patience)) {
            LogEvent.REQUESTS_DROPPED.warn(LOG).log("Some requests were not finished in time and were dropped");
        }
        try {
            server.stop();
        } catch (Exception e) {
            LogEvent.REQUESTS_DROPPED.debug(LOG).setCause(e).log("not everything ended in time");
        }
    }
}
