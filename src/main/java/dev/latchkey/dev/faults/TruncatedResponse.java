package dev.latchkey.dev.faults;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * An answer whose connection is closed when half of its body is written, of which its header says the whole length. One
 * without a body says that it has a byte, so that a client can tell.
 */
final class TruncatedResponse extends Response.Wrapper {
    TruncatedResponse(Request request, Response response) {
        super(request, response);
    }

    @Override
    public void write(boolean last, ByteBuffer bytes, Callback callback) {
        int length = bytes == null ? 0 : bytes.remaining();
        if (!last) {
            super.write(false, bytes, callback);
            return;
        }
        if (length > 0 || mayHaveBody()) {
            getHeaders().put(HttpHeader.CONTENT_LENGTH, Math.max(length, 1));
        }
        ByteBuffer half = length == 0 ? BufferUtil.EMPTY_BUFFER : bytes.slice(bytes.position(), length / 2);
        EndPoint endPoint = getRequest().getConnectionMetaData().getConnection().getEndPoint();
        super.write(false, half, new Callback() {
            @Override
            public void succeeded() {
                endPoint.close();
                callback.failed(new java.io.IOException("the answer is cut off, as a fault asks"));
            }

            @Override
            public void failed(Throwable failure) {
                callback.failed(failure);
            }
        });
    }

    /** Whether a body could be missing here (RFC 9110 §6.4.1). */
    private boolean mayHaveBody() {
        return getStatus() != 204
                && getStatus() != 304
                && !"HEAD".equals(getRequest().getMethod());
    }
}
