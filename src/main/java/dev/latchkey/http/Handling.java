package dev.latchkey.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Going on with a request on another thread than the one that it came on. */
final class Handling {
    private Handling() {}

    /** As the server itself would: what is not handled or fails becomes an error answer. */
    static void goOn(Request.Handler next, Request request, Response response, Callback callback) {
        try {
            if (!next.handle(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Throwable failure) {
            Response.writeError(request, response, callback, failure);
        }
    }
}
