package dev.latchkey.http;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * A body that is not wanted. The answer says that the connection ends with it, as what is left of the body would be taken
 * for the next request; and the body is thrown away as it comes before the connection is closed, as closing it earlier
 * could take the answer away from a client that is still sending. How long that may go on is for {@link RequestDeadlines}.
 */
final class Leftover implements Callback, Invocable.Task {
    private static final long MAX_DISCARDED_BYTES = 64 * 1024 * 1024;

    private final Request request;
    private final Callback end;
    private long discarded;

    private Leftover(Request request, Callback end) {
        this.request = request;
        this.end = end;
    }

    /**
     * What to give to the answer instead of the request's own callback.
     *
     * @return the same where there is no body; a client that waits for {@code 100 Continue} has not sent its own
     */
    static Callback of(Request request, Response response, Callback end) {
        HttpFields headers = request.getHeaders();
        if (headers.getLongField(HttpHeader.CONTENT_LENGTH) <= 0 && !headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            return end;
        }
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        return headers.contains(HttpHeader.EXPECT) ? end : new Leftover(request, end);
    }

    /** The answer is written. */
    @Override
    public void succeeded() {
        run();
    }

    @Override
    public void failed(Throwable failure) {
        end.failed(failure);
    }

    /** Throws away what has come; comes back when more has. */
    @Override
    public void run() {
        while (discarded <= MAX_DISCARDED_BYTES) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            discarded += chunk.remaining();
            boolean over = chunk.isLast() || Content.Chunk.isFailure(chunk);
            chunk.release();
            if (over) {
                break;
            }
        }
        end.succeeded();
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
