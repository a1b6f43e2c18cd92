package dev.latchkey.http.server;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Deals with a body that was not read when its request is answered. What has come of it is thrown away; where that is not
 * all, the answer says that the connection ends with it, as what is left would be taken for the next request, and the
 * rest is thrown away as it comes before the connection is closed. Jetty closes at once, which takes the answer away from
 * a client that is still sending ({@code HostileInputTest.anAnswerToALargeBody_reachesAClientThatSendsAllOfIt}). How long
 * that may go on is for {@link RequestDeadlines}.
 */
final class UnreadBodyDrainer implements Callback, Invocable.Task {
    private static final long MAX_BEFORE_ANSWER_BYTES = 64 * 1024;
    private static final long MAX_DISCARDED_BYTES = 64 * 1024 * 1024;

    private final Request request;
    private final Callback end;
    private boolean answered;
    private long discarded;

    private UnreadBodyDrainer(Request request, Callback end) {
        this.request = request;
        this.end = end;
    }

    /**
     * What to give to the answer instead of the request's own callback.
     *
     * @return the same where nothing is left of the body; a client that waits for {@code 100 Continue} has not sent its own
     */
    static Callback before(Request request, Response response, Callback end) {
        HttpFields headers = request.getHeaders();
        if (headers.getLongField(HttpHeader.CONTENT_LENGTH) <= 0 && !headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            return end;
        }
        UnreadBodyDrainer drainer = new UnreadBodyDrainer(request, end);
        boolean waitsToSend = headers.contains(HttpHeader.EXPECT);
        if (!waitsToSend && drainer.discardAvailable(MAX_BEFORE_ANSWER_BYTES)) {
            return end;
        }
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        return waitsToSend ? end : drainer;
    }

    /** The answer is written. */
    @Override
    public void succeeded() {
        answered = true;
        run();
    }

    @Override
    public void failed(Throwable failure) {
        end.failed(failure);
    }

    /** Throws away what has come; comes back when more has. */
    @Override
    public void run() {
        if (discardAvailable(MAX_DISCARDED_BYTES) || discarded > MAX_DISCARDED_BYTES) {
            end.succeeded();
        } else {
            request.demand(this);
        }
    }

    /** Whether the body is over, one way or the other. */
    private boolean discardAvailable(long mostBytes) {
        while (discarded <= mostBytes) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                return false;
            }
            discarded += chunk.remaining();
            boolean over = chunk.isLast();
            chunk.release();
            if (over) {
                return !Content.Chunk.isFailure(chunk) || answered;
            }
        }
        return false;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
