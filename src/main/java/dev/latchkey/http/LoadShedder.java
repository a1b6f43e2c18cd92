package dev.latchkey.http;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Answers 503 at once while more requests wait for a thread than can be served in good time. Turning one away costs a
 * small part of serving it, so the backlog shrinks back to the bound as fast as it is looked at, and those who are
 * served are served soon.
 */
final class LoadShedder extends Handler.Wrapper {
    private final QueuedThreadPool threads;
    private final int maxBacklog;

    /** Sheds while more than {@code maxBacklog} requests wait in the pool. */
    LoadShedder(QueuedThreadPool threads, int maxBacklog) {
        this.threads = threads;
        this.maxBacklog = maxBacklog;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (threads.getQueueSize() > maxBacklog) {
            JettyErrors.write(request, response, callback, 503, "The service is too busy; try again.");
            return true;
        }
        return super.handle(request, response, callback);
    }
}
