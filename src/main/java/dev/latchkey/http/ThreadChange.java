package dev.latchkey.http;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Goes on with each request on a thread of its own, for what follows may wait. What stands in front of this is run by
 * the thread that reads from many connections.
 */
final class ThreadChange extends Handler.Wrapper {
    private final Executor threads;

    ThreadChange(Executor threads) {
        this.threads = threads;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        try {
            threads.execute(() -> Handling.goOn(getHandler(), request, response, callback));
        } catch (RejectedExecutionException e) {
            // The service is at its end.
            JettyErrors.write(request, response, callback, 503, "The service is shutting down; try again.");
        }
        return true;
    }
}
