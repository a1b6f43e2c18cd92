package dev.latchkey.http.server;

import dev.latchkey.http.exchange.RequestId;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Gives every request its id, and every answer the same one, before anything else can answer. */
final class RequestIdHandler extends Handler.Wrapper {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        mark(request, response);
        return super.handle(request, response, callback);
    }

    /** The thread that reads from the connections goes on into what follows, which takes care not to make it wait. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Sets the id unless that was done already. */
    static void mark(Request request, Response response) {
        if (request.getAttribute(RequestId.ATTRIBUTE) == null) {
            String id = RequestId.choose(request.getHeaders().get(RequestId.HEADER));
            request.setAttribute(RequestId.ATTRIBUTE, id);
            response.getHeaders().put(RequestId.HEADER, id);
        }
    }
}
