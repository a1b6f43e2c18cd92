package dev.latchkey.http.server;

import dev.latchkey.http.exchange.HttpListener;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/** Tells a listener of each request when Jetty has ended it, whichever handler answered it. Thread-safe. */
final class RequestReport implements RequestLog {
    private final HttpListener listener;
    private final UnaryOperator<String> routeOf;
    private final Connector main;

    private RequestReport(Endpoints endpoints, Connector main) {
        this.listener = endpoints.listener();
        this.routeOf = endpoints.routeOf();
        this.main = main;
    }

    /** Has the server tell the listener of its endpoints, if there is one; they are reached by this connector. */
    static void attach(Server server, Endpoints endpoints, Connector main) {
        if (endpoints.listener() != HttpListener.NONE) {
            server.setRequestLog(new RequestReport(endpoints, main));
        }
    }

    @Override
    public void log(Request request, Response response) {
        @Nullable String path = Request.getPathInContext(request);
        listener.answered(route(request, path), response.getStatus(), System.nanoTime() - request.getBeginNanoTime());
    }

    private String route(Request request, @Nullable String path) {
        if (path == null) {
            return HttpListener.NO_ROUTE;
        }
        boolean atMain = request.getConnectionMetaData().getConnector() == main;
        return atMain ? routeOf.apply(path) : MetricsPort.route(path);
    }
}
