package dev.latchkey.http.server;

import dev.latchkey.http.exchange.HttpListener;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;

/** Tells a listener of each request when Jetty has ended it, whichever handler answered it. Thread-safe. */
final class RequestReport implements RequestLog {
    private final HttpListener listener;
    private final UnaryOperator<String> routeOf;

    private RequestReport(HttpListener listener, UnaryOperator<String> routeOf) {
        this.listener = listener;
        this.routeOf = routeOf;
    }

    /** Has the server tell the listener of its endpoints, if there is one. */
    static void attach(Server server, Endpoints endpoints) {
        if (endpoints.listener() != HttpListener.NONE) {
            server.setRequestLog(new RequestReport(endpoints.listener(), endpoints.routeOf()));
        }
    }

    @Override
    public void log(Request request, Response response) {
        @Nullable String path = Request.getPathInContext(request);
        String route = path == null ? HttpListener.NO_ROUTE : routeOf.apply(path);
        listener.answered(route, response.getStatus(), System.nanoTime() - request.getBeginNanoTime());
    }
}
