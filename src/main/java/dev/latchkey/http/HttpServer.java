package dev.latchkey.http;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.http.oauth.ForwardAuth;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.servlet.DefaultTasks;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running HTTP side. Thread-safe. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_BODY_READ_AHEAD_BYTES = 32 * 1024;
    private static final int MAX_THREADS = 24;
    private static final int MAX_BACKLOG = 512;
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration REQUEST_DEADLINE = Duration.ofSeconds(30);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final Javalin javalin;
    private final @Nullable Tls tls;

    private HttpServer(Javalin javalin, @Nullable Tls tls) {
        this.javalin = javalin;
        this.tls = tls;
    }

    /**
     * Starts to answer on a channel that is bound already.
     *
     * @param identity the private key and certificate of HTTPS, in a key store with an empty password; null = plain HTTP
     * @throws LatchkeyException of kind {@link ErrorKind#MISCONFIGURED} when that fails
     */
    public static HttpServer start(ServerSocketChannel listener, HttpServices services, @Nullable KeyStore identity) {
        Routes routes = Routes.of(services);
        Tls tls = identity == null ? null : new Tls(identity);
        Javalin javalin = Javalin.create(config -> {
            configureJavalin(config);
            ForwardAuth forwardAuth = new ForwardAuth(services.accessTokens());
            configureJetty(config, listener, tls, new ForwardAuthHandler(routes::isForwardAuth, forwardAuth));
            Gate gate = new Gate(services);
            routes.all().forEach(route -> add(config, route, gate));
            new ErrorHandlers(routes).register(config.routes);
        });
        try {
            javalin.start();
        } catch (JavalinException e) {
            throw LatchkeyException.of(ErrorKind.MISCONFIGURED, "The HTTP server does not start: " + e.getMessage(), e);
        }
        return new HttpServer(javalin, tls);
    }

    /** Shows this on new connections, where there is TLS; the store's password is empty. */
    public void renew(KeyStore identity) {
        if (tls != null) {
            tls.renew(identity);
        }
    }

    /** Stops accepting, finishes requests under way (10 s at most), then returns. */
    @Override
    public void close() {
        try {
            javalin.stop();
        } catch (JavalinException e) {
            LOG.warn("Some requests were not finished within {} s and were dropped", STOP_TIMEOUT.toSeconds());
        }
    }

    private static void configureJavalin(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.router.ignoreTrailingSlashes = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.unsafe.servletRequestLifecycle = new ArrayList<>(List.of(DefaultTasks.INSTANCE.getHTTP()));
    }

    private static void add(JavalinConfig config, Route route, Gate gate) {
        Handler handler = gate.before(route);
        config.routes.addHttpHandler(route.method(), route.path(), handler);
        if (route.method().equals(HandlerType.GET)) {
            config.routes.addHttpHandler(HandlerType.HEAD, route.path(), handler);
        }
        if (route.access() == Access.ANY_ORIGIN) {
            config.routes.addHttpHandler(HandlerType.OPTIONS, route.path(), Cors::preflight);
        }
    }

    private static void configureJetty(
            JavalinConfig config, ServerSocketChannel listener, @Nullable Tls tls, ForwardAuthHandler forwardAuth) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4, (int) IDLE_TIMEOUT.toMillis());
        threads.setName("latchkey-http");
        Server server = new Server(threads);
        server.setStopTimeout(STOP_TIMEOUT.toMillis());
        server.setErrorHandler(new JettyErrors());
        server.setHandler(chain(threads, forwardAuth));
        config.unsafe.jettyInternal.server = server;
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(HttpServer::configureHttp);
        config.jetty.addConnector((owner, http) -> connector(owner, http, listener, tls));
    }

    private static org.eclipse.jetty.server.Handler chain(QueuedThreadPool threads, ForwardAuthHandler forwardAuth) {
        RequestIdHandler first = new RequestIdHandler();
        GracefulHandler graceful = new GracefulHandler();
        LoadShedder shedder = new LoadShedder(threads, MAX_BACKLOG);
        PathRules paths = new PathRules();
        first.setHandler(graceful);
        graceful.setHandler(shedder);
        shedder.setHandler(forwardAuth);
        forwardAuth.setHandler(paths);
        paths.setHandler(new EagerContentHandler(
                new EagerContentHandler.RetainedContentLoaderFactory(MAX_BODY_READ_AHEAD_BYTES, -1, false)));
        return first;
    }

    private static void configureHttp(HttpConfiguration http) {
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setUriCompliance(PathRules.COMPLIANCE);
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, ServerSocketChannel listener, @Nullable Tls tls) {
        ConnectionFactory[] factories =
                tls == null ? new ConnectionFactory[] {new HttpConnectionFactory(http)} : tls.factories(http);
        ServerConnector connector = new ServerConnector(server, 1, 1, factories);
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        RequestDeadlines deadlines = new RequestDeadlines(connector.getScheduler(), REQUEST_DEADLINE);
        connector.addBean(deadlines);
        try {
            connector.open(listener);
        } catch (IOException e) {
            throw LatchkeyException.of(ErrorKind.MISCONFIGURED, "The listening socket cannot be used.", e);
        }
        return connector;
    }
}
