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
import java.nio.channels.ServerSocketChannel;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running HTTP side. Thread-safe. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");

    private final Javalin javalin;
    private final JettySetup jetty;
    private final @Nullable Tls tls;

    private HttpServer(Javalin javalin, JettySetup jetty, @Nullable Tls tls) {
        this.javalin = javalin;
        this.jetty = jetty;
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
        JettySetup jetty = new JettySetup();
        Javalin javalin = Javalin.create(config -> {
            configureJavalin(config);
            ForwardAuth forwardAuth = new ForwardAuth(services.accessTokens());
            ForwardAuthHandler verify = new ForwardAuthHandler(routes::isForwardAuth, forwardAuth);
            jetty.configure(config, listener, tls, verify, routes.fromMemory()::contains);
            Gate gate = new Gate(services);
            routes.all().forEach(route -> add(config, route, gate));
            new ErrorHandlers(routes).register(config.routes);
        });
        try {
            javalin.start();
        } catch (JavalinException e) {
            throw LatchkeyException.of(ErrorKind.MISCONFIGURED, "The HTTP server does not start: " + e.getMessage(), e);
        }
        return new HttpServer(javalin, jetty, tls);
    }

    /** Shows this on new connections, where there is TLS; the store's password is empty. */
    public void renew(KeyStore identity) {
        if (tls != null) {
            tls.renew(identity);
        }
    }

    /** Stops accepting, finishes requests that have come, begun or not (10 s at most), then returns. */
    @Override
    public void close() {
        if (!jetty.drain()) {
            LOG.warn("Some requests were not finished in time and were dropped");
        }
        try {
            javalin.stop();
        } catch (JavalinException e) {
            LOG.debug("not everything ended in time", e);
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
}
