package dev.latchkey.http.server;

import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.http.exchange.HttpRefusal;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A port of its own for metrics, which answers nothing else: the port of the other endpoints can be open to all, and a
 * scraper finds room when that one is crowded.
 *
 * @param listeners bound already, all on one port
 * @param endpoint what it answers
 */
public record MetricsPort(List<ServerSocketChannel> listeners, DocumentEndpoint endpoint) {
    /** Enough for some scrapers and those who look by hand. */
    static final int MAX_CONNECTIONS = 32;

    /** A thread that waits for connections at each address, and one that reads. */
    static final int THREADS = 3;

    private static final String PATH = "/metrics";

    public MetricsPort {
        listeners = List.copyOf(listeners);
    }

    /** The route of a request to this port. */
    static String route(String path) {
        return path.equals(PATH) ? PATH : HttpListener.NO_ROUTE;
    }

    /** Answers what came by this connector, and hands on the rest. */
    Handler.Wrapper handler(Connector connector, Executor threads) {
        return new PortHandler(connector, new DocumentHandler.Target(endpoint, false), threads);
    }

    private static final class PortHandler extends Handler.Wrapper {
        private final Connector connector;
        private final DocumentHandler.Target target;
        private final Executor threads;

        PortHandler(Connector connector, DocumentHandler.Target target, Executor threads) {
            this.connector = connector;
            this.target = target;
            this.threads = threads;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (request.getConnectionMetaData().getConnector() != connector) {
                return super.handle(request, response, callback);
            }
            boolean answered = Request.getPathInContext(request).equals(PATH)
                    && DocumentHandler.answer(target, threads, request, response, callback);
            if (!answered) {
                HttpRefusal refusal = new HttpRefusal(404, "GET /metrics is all that this port answers.");
                JettyAnswers.writeError(refusal, request, response, callback);
            }
            return true;
        }
    }
}
