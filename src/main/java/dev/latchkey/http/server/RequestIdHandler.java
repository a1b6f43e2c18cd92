package dev.latchkey.http.server;

import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.http.exchange.RequestId;
import dev.latchkey.http.log.LineBudget;
import dev.latchkey.http.log.LoggedRequest;
import dev.latchkey.http.log.TraceParent;
import dev.latchkey.network.TrustedProxies;
import dev.latchkey.permission.Actor;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Gives every request its id, by which the log names it, and every answer the same one, before anything else can answer.
 */
final class RequestIdHandler extends Handler.Wrapper {
    private final UnaryOperator<String> routeOf;
    private final TrustedProxies proxies;
    private final LineBudget malformed;

    /**
     * Names the requests of a server.
     *
     * @param malformed how many lines there may be about malformed requests
     */
    RequestIdHandler(Endpoints endpoints, LineBudget malformed) {
        this.routeOf = endpoints.routeOf();
        this.proxies = endpoints.proxies();
        this.malformed = malformed;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        mark(request, response);
        return super.handle(request, response, callback);
    }

    /** The thread that reads from the connections goes on into what follows, which takes care not to make it wait. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Sets the id unless that was done already. */
    void mark(Request request, Response response) {
        if (request.getAttribute(LoggedRequest.ATTRIBUTE) == null) {
            String id = RequestId.choose(request.getHeaders().get(RequestId.HEADER));
            request.setAttribute(LoggedRequest.ATTRIBUTE, new Logged(id, request));
            response.getHeaders().put(RequestId.HEADER, id);
        }
    }

    /** A request that was marked. */
    static LoggedRequest of(Request request) {
        if (request.getAttribute(LoggedRequest.ATTRIBUTE) instanceof Logged marked) {
            return marked;
        }
        throw new IllegalStateException("the request has no id");
    }

    private final class Logged implements LoggedRequest {
        private final String id;
        private final Request request;
        private volatile @Nullable Actor actor;

        Logged(String id, Request request) {
            this.id = id;
            this.request = request;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String method() {
            return String.valueOf(request.getMethod());
        }

        @Override
        public String path() {
            @Nullable String path = Request.getPathInContext(request);
            return path == null ? "" : path;
        }

        @Override
        public String route() {
            String path = path();
            return path.isEmpty() ? HttpListener.NO_ROUTE : routeOf.apply(path);
        }

        @Override
        public String remote() {
            return proxies.clientOf(
                    Request.getRemoteAddr(request), request.getHeaders().getValuesList(TrustedProxies.HEADER));
        }

        @Override
        public long millis() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - request.getBeginNanoTime());
        }

        @Override
        public Optional<String> traceId() {
            return TraceParent.traceId(request.getHeaders().getValuesList(TraceParent.HEADER));
        }

        @Override
        public void askedBy(Actor asker) {
            actor = asker;
        }

        @Override
        public Optional<Actor> asker() {
            return Optional.ofNullable(actor);
        }

        @Override
        public boolean takeLine() {
            return malformed.take();
        }

        /** The id alone: headers may hold a secret. */
        @Override
        public String toString() {
            return id;
        }
    }
}
