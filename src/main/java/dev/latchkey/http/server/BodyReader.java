package dev.latchkey.http.server;

import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.exchange.RequestBody;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of one request without holding a thread. What has come is copied, in time that is linear in its bytes
 * however small the pieces are; Jetty's {@code EagerContentHandler} keeps an object of some 200 bytes for each piece
 * ({@code HostileInputTest.aBodyInManySmallPieces_isOneBody} on many connections). For one thread at a time.
 */
public final class BodyReader implements Invocable.Task {
    private static final byte[] NOTHING = {};

    private final Request request;
    private final int maxBytes;
    private final Receiver receiver;
    private byte[] bytes = NOTHING;
    private int length;

    /** What happens to the body; one of the methods is called last, once. */
    public interface Receiver {
        /**
         * Told when the body has this many bytes, before they are kept.
         *
         * @throws HttpRefusal when there is no room for them
         */
        default void growsTo(int bytes) {}

        /** The body is here. */
        void received(byte[] body);

        /** It is too large, there is no room for it, or it broke off; some of it may still come. */
        void refused(HttpRefusal refusal);
    }

    private BodyReader(Request request, int maxBytes, Receiver receiver) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.receiver = receiver;
    }

    /** Reads a body of at most so many bytes; the receiver may be called before this returns. */
    public static void read(Request request, int maxBytes, Receiver receiver) {
        if (request.getLength() > maxBytes) {
            receiver.refused(RequestBody.tooLarge(maxBytes));
        } else {
            new BodyReader(request, maxBytes, receiver).run();
        }
    }

    /** Takes what has come; comes back when more has. */
    @Override
    public void run() {
        @Nullable HttpRefusal refusal = null;
        boolean last = false;
        while (refusal == null && !last) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            refusal = take(chunk);
            last = chunk.isLast();
            chunk.release();
        }
        byte[] body = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
        bytes = NOTHING;
        if (refusal == null) {
            receiver.received(body);
        } else {
            receiver.refused(refusal);
        }
    }

    private @Nullable HttpRefusal take(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            return cutOff(chunk.getFailure());
        }
        int more = chunk.remaining();
        if (more > maxBytes - length) {
            return RequestBody.tooLarge(maxBytes);
        }
        try {
            receiver.growsTo(length + more);
        } catch (HttpRefusal e) {
            return e;
        }
        append(chunk.getByteBuffer());
        return null;
    }

    private void append(ByteBuffer arrived) {
        int more = arrived.remaining();
        if (bytes.length - length < more) {
            int grown = length == 0 ? more : Math.min(maxBytes, Math.max(2 * length, length + more));
            bytes = Arrays.copyOf(bytes, grown);
        }
        arrived.get(bytes, length, more);
        length += more;
    }

    /** The body broke off, was too slow, or is malformed as HTTP; the client may still be listening. */
    private static HttpRefusal cutOff(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause != null && !(cause instanceof HttpException)) {
            cause = cause.getCause();
        }
        return cause instanceof HttpException http && http.getCode() == 400
                ? new HttpRefusal(400, "The body is not well-formed HTTP.")
                : new HttpRefusal(408, "The request did not arrive whole.");
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
