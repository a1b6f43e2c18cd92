package dev.latchkey.dev.requests;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** A request whose body was read and is read again by what stands behind. For one thread at a time. */
final class ReplayedRequest extends Request.Wrapper {
    private final byte[] body;
    private boolean read;

    ReplayedRequest(Request request, byte[] body) {
        super(request);
        this.body = body;
    }

    @Override
    public Content.Chunk read() {
        if (read || body.length == 0) {
            return Content.Chunk.EOF;
        }
        read = true;
        return Content.Chunk.from(ByteBuffer.wrap(body), true);
    }

    @Override
    public void demand(Runnable demandCallback) {
        demandCallback.run();
    }
}
