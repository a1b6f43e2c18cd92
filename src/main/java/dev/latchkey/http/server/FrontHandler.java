package dev.latchkey.http.server;

import dev.latchkey.http.exchange.HttpRefusal;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A handler that a service gets in front of all of its endpoints. The request has its id, and its header is within the
 * limits and the deadline of every request. The thread that reads from the connections calls it and must not be made to
 * wait.
 */
public abstract class FrontHandler extends Handler.Wrapper {
    @Override
    public final InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Goes on with a request after {@link #handle} has returned: what stands behind answers it, or its failure does. */
    protected final void handleLater(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
    }

    /** Reads the body and hands it to a thread of the pool; fails where the body is refused, or no thread takes it. */
    protected static void readOnPool(
            Request request, int maxBytes, Consumer<byte[]> work, Consumer<HttpRefusal> failed) {
        BodyReader.read(request, maxBytes, new BodyReader.Receiver() {
            @Override
            public void received(byte[] body) {
                try {
                    request.getComponents().getExecutor().execute(() -> work.accept(body));
                } catch (RejectedExecutionException e) {
                    failed.accept(new HttpRefusal(503, "The service is shutting down; try again."));
                }
            }

            @Override
            public void refused(HttpRefusal refusal) {
                failed.accept(refusal);
            }
        });
    }
}
