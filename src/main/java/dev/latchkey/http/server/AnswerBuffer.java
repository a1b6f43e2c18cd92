package dev.latchkey.http.server;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer whole from a servlet and writes it when the servlet is done and the place is given back, so that a
 * client that does not read holds neither a thread nor a place. Jetty's {@code BufferedResponseHandler} lets the servlet
 * wait until the last bytes are written ({@code SlowReadersTest}). What large answers hold while they are not read comes
 * out of a budget for all of them.
 */
final class AnswerBuffer extends Response.Wrapper implements Callback {
    private static final int FREE_BYTES = 16 * 1024;

    private final Callback callback;
    private final Budget budget;
    private byte[] bytes = new byte[0];
    private int length;
    private boolean held = true;
    private @Nullable Runnable end;

    /** How many bytes of large answers may wait to be read by their clients. Thread-safe. */
    static final class Budget {
        private final AtomicLong left;

        Budget(long bytes) {
            this.left = new AtomicLong(bytes);
        }

        private boolean reserve(int bytes) {
            if (left.addAndGet(-bytes) >= 0) {
                return true;
            }
            left.addAndGet(bytes);
            return false;
        }
    }

    AnswerBuffer(Request request, Response response, Callback callback, Budget budget) {
        super(request, response);
        this.callback = callback;
        this.budget = budget;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback written) {
        if (content != null) {
            int more = content.remaining();
            if (bytes.length - length < more) {
                bytes = Arrays.copyOf(bytes, length == 0 ? more : Math.max(2 * length, length + more));
            }
            content.get(bytes, length, more);
            length += more;
        }
        written.succeeded();
    }

    @Override
    public void reset() {
        length = 0;
        super.reset();
    }

    @Override
    public void succeeded() {
        endWith(this::send);
    }

    @Override
    public void failed(Throwable failure) {
        endWith(() -> callback.failed(failure));
    }

    private void endWith(Runnable how) {
        synchronized (this) {
            if (held) {
                end = how;
                return;
            }
        }
        how.run();
    }

    /** The place was given back: writes the answer if it is there, and from now on as soon as it is. */
    void release() {
        Runnable how;
        synchronized (this) {
            held = false;
            how = end;
        }
        if (how != null) {
            how.run();
        }
    }

    private void send() {
        Request request = getRequest();
        Response response = getWrapped();
        Callback last = UnreadBodyDrainer.before(request, response, callback);
        int large = length > FREE_BYTES ? length : 0;
        if (!budget.reserve(large)) {
            bytes = new byte[0];
            JettyAnswers.writeBusy(request, response, last);
            return;
        }
        Callback released = large == 0 ? last : Callback.from(last, () -> budget.left.addAndGet(large));
        response.write(true, length == 0 ? null : ByteBuffer.wrap(bytes, 0, length), released);
    }
}
