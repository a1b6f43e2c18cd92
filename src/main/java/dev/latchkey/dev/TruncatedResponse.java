package dev.latchkey.dev;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An answer whose connection is closed when half of its body is written, of which its header says the whole length. */
final class TruncatedResponse extends Response.Wrapper {
    TruncatedResponse(Request request, Response response) {
        super(request, response);
    }

    @Override
    public void write(boolean last, ByteBuffer bytes, Callback callback) {
        int length = bytes == null ? 0 : bytes.remaining();
        if (!last || length == 0) {
            super.write(last, bytes, callback);
            return;
        }
        getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        ByteBuffer half = bytes.slice(bytes.position(), length / 2);
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
}
