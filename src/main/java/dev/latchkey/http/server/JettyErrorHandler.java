package dev.latchkey.http.server;

import dev.latchkey.http.connection.HeaderLimits;
import dev.latchkey.http.exchange.HttpRefusal;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Says what is wrong with what reaches no handler of ours: bytes that are no HTTP, headers that are too large. In the
 * same form as every other error, and without an echo of what was sent.
 */
final class JettyErrorHandler extends ErrorHandler {
    private final RequestIdHandler ids;

    /** @param ids gives an id to requests that have none */
    JettyErrorHandler(RequestIdHandler ids) {
        this.ids = ids;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Throwable cause = (Throwable) request.getAttribute(ERROR_EXCEPTION);
        int status = cause instanceof HttpException http ? http.getCode() : response.getStatus();
        ids.mark(request, response);
        if (cause instanceof HttpException) {
            // What is no HTTP ends the connection, and a client that is not told may send its next request on it.
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        Throwable thrown = status == 500 && cause != null ? cause : new HttpRefusal(status, detail(status));
        JettyAnswers.writeError(thrown, request, response, callback);
        return true;
    }

    private static String detail(int status) {
        return switch (status) {
            case 431 ->
                "The header has more than " + HeaderLimits.MAX_FIELDS + " fields or " + HeaderLimits.MAX_BYTES / 1024
                        + " KiB; at /connect/verify " + HeaderLimits.MAX_LARGE_BYTES / 1024 + " KiB.";
            case 414 -> "The request line is too long.";
            case 408 -> "The request did not arrive whole in time.";
            case 413 -> "The body is too large.";
            case 501 -> "Send the body with Transfer-Encoding: chunked, or with a Content-Length.";
            case 503 -> "The service is shutting down or too busy; try again.";
            default -> status < 500 || status == 505 ? "The request is not well-formed HTTP." : "Something went wrong.";
        };
    }
}
