package dev.latchkey.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.http.servlet.DefaultTasks;
import io.javalin.http.servlet.JavalinServlet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that Javalin answers. It is a good part of a start and no token needs it, so it is made when the first
 * request comes for it, or a moment after the service is ready, whichever is first.
 */
final class JavalinPart extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");
    private static final Duration UNASKED_AFTER = Duration.ofSeconds(1);

    private final Routes routes;
    private final HttpServices services;
    private volatile @Nullable Handler made;

    JavalinPart(Routes routes, HttpServices services) {
        this.routes = routes;
        this.services = services;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        getServer()
                .getScheduler()
                .schedule(
                        () -> getServer().getThreadPool().execute(this::makeUnasked),
                        UNASKED_AFTER.toSeconds(),
                        TimeUnit.SECONDS);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Handler known = made;
        return (known == null ? make() : known).handle(request, response, callback);
    }

    private void makeUnasked() {
        try {
            if (isRunning()) {
                var unused = make();
            }
        } catch (Exception e) {
            LOG.error("What is not about tokens cannot be answered", e);
        }
    }

    private synchronized Handler make() throws Exception {
        Handler known = made;
        if (known != null) {
            return known;
        }
        Javalin javalin = Javalin.create(config -> {
            configure(config);
            Gate gate = new Gate(services);
            routes.all().forEach(route -> add(config, route, gate));
            new ErrorHandlers(routes).register(config.routes);
        });
        ServletContextHandler servlets = new ServletContextHandler("/");
        servlets.getServletHandler().setDecodeAmbiguousURIs(true);
        servlets.setErrorHandler(new JettyErrors());
        servlets.addServlet(new ServletHolder(new JavalinServlet(javalin.unsafe)), "/*");
        servlets.setServer(getServer());
        addManaged(servlets);
        made = servlets;
        return servlets;
    }

    private static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.router.ignoreTrailingSlashes = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.unsafe.servletRequestLifecycle = new ArrayList<>(List.of(DefaultTasks.INSTANCE.getHTTP()));
    }

    private static void add(JavalinConfig config, Route route, Gate gate) {
        io.javalin.http.Handler handler = gate.before(route);
        config.routes.addHttpHandler(route.method(), route.path(), handler);
        if (route.method().equals(HandlerType.GET)) {
            config.routes.addHttpHandler(HandlerType.HEAD, route.path(), handler);
        }
        if (route.access() == Access.ANY_ORIGIN) {
            config.routes.addHttpHandler(HandlerType.OPTIONS, route.path(), Cors::preflight);
        }
    }
}
