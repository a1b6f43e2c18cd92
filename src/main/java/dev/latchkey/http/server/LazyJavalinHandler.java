package dev.latchkey.http.server;

import dev.latchkey.log.LogEvent;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.servlet.DefaultTasks;
import io.javalin.http.servlet.JavalinServlet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpFields;
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
final class LazyJavalinHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");
    private static final Duration UNASKED_AFTER = Duration.ofSeconds(1);
    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    private final Consumer<JavalinConfig> routes;
    private final JettyErrorHandler errors;
    private volatile @Nullable Handler made;

    /** @param errors answers what the servlets' side of Jetty refuses */
    LazyJavalinHandler(Consumer<JavalinConfig> routes, JettyErrorHandler errors) {
        this.routes = routes;
        this.errors = errors;
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

    /** Waits for a making under way, which takes no interrupt: Jetty's pool would end without its thread, and warn. */
    @Override
    protected synchronized void doStop() throws Exception {
        super.doStop();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Handler known = made;
        boolean plain = !request.getHeaders().contains(METHOD_OVERRIDE);
        return (known == null ? make() : known)
                .handle(plain ? request : new MethodOverrideRemover(request), response, callback);
    }

    /**
     * A request has one method, that of its request line. Javalin would take another from a header, past whatever a proxy in
     * front lets through.
     */
    private static final class MethodOverrideRemover extends Request.Wrapper {
        private final HttpFields headers;

        MethodOverrideRemover(Request request) {
            super(request);
            headers = HttpFields.build(request.getHeaders())
                    .remove(METHOD_OVERRIDE)
                    .asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }

    private void makeUnasked() {
        try {
            if (isRunning()) {
                var unused = make();
            }
        } catch (Exception e) {
            LogEvent.REQUEST_FAILED.error(LOG).setCause(e).log("What is not about tokens cannot be answered");
        }
    }

    private synchronized Handler make() throws Exception {
        Handler known = made;
        if (known != null) {
            return known;
        }
        Javalin javalin = Javalin.create(config -> {
            configure(config);
            routes.accept(config);
        });
        ServletContextHandler servlets = new ServletContextHandler("/");
        servlets.getServletHandler().setDecodeAmbiguousURIs(true);
        servlets.setErrorHandler(errors);
        ServletHolder holder = new ServletHolder(new JavalinServlet(javalin.unsafe));
        holder.setAsyncSupported(true);
        servlets.addServlet(holder, "/*");
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
}
