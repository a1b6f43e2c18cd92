package dev.latchkey.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body before anything else is done, without holding a thread, so that slow senders cannot take all threads.
 * What has arrived is copied, however small the pieces: a waiting request costs the bytes it sent, not a buffer for each
 * packet. A body that is larger than what is read ahead goes on with its beginning.
 */
final class BodyFirst extends Handler.Wrapper {
    /** More than an OAuth endpoint takes, so that such a body is never waited for by a thread. */
    private static final int READ_AHEAD_BYTES = 16 * 1024 + 1;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Reading reading = new Reading(request, response, callback);
        return !reading.advance() || super.handle(reading.request(), response, callback);
    }

    /** Whether some of the body is still to be waited for. */
    static boolean isPartly(Request request) {
        return request instanceof ReadRequest read && read.end == null;
    }

    private final class Reading implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private byte[] bytes = new byte[0];
        private int length;
        private Content.@Nullable Chunk end;

        Reading(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        /** More has come. What follows must not run inside of this call, since it may read, too. */
        @Override
        public void run() {
            if (advance()) {
                request.getComponents()
                        .getExecutor()
                        .execute(() -> Handling.goOn(getHandler(), request(), response, callback));
            }
        }

        /** Reads what is there; answers whether that is enough to go on. */
        boolean advance() {
            while (end == null && length < READ_AHEAD_BYTES) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return false;
                }
                take(chunk);
            }
            return true;
        }

        private void take(Content.Chunk chunk) {
            if (Content.Chunk.isFailure(chunk)) {
                end = chunk;
                return;
            }
            int arrived = chunk.remaining();
            if (arrived > 0) {
                if (bytes.length - length < arrived) {
                    bytes = Arrays.copyOf(bytes, length == 0 ? arrived : Math.max(length * 2, length + arrived));
                }
                chunk.getByteBuffer().get(bytes, length, arrived);
                length += arrived;
            }
            end = chunk.isLast() ? Content.Chunk.EOF : null;
            chunk.release();
        }

        Request request() {
            return new ReadRequest(request, ByteBuffer.wrap(bytes, 0, length), end);
        }
    }

    /** A request whose body is here, or begins here. */
    private static final class ReadRequest extends Request.Wrapper {
        /** What the body ends with; null = what is still to come. */
        private final Content.@Nullable Chunk end;

        private @Nullable ByteBuffer start;

        ReadRequest(Request request, ByteBuffer start, Content.@Nullable Chunk end) {
            super(request);
            this.start = start.hasRemaining() ? start : null;
            this.end = end;
        }

        @Override
        public Content.@Nullable Chunk read() {
            ByteBuffer here = start;
            if (here != null) {
                start = null;
                return Content.Chunk.from(here, end == Content.Chunk.EOF);
            }
            return end == null ? super.read() : end;
        }

        @Override
        public void demand(Runnable available) {
            if (start == null && end == null) {
                super.demand(available);
            } else {
                available.run();
            }
        }
    }
}
