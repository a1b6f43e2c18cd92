package dev.latchkey.http;

import dev.latchkey.http.exchange.ErrorBody;
import dev.latchkey.http.exchange.RequestId;
import dev.latchkey.http.exchange.StatusNames;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to what never reaches Javalin: bytes that are no HTTP, headers that are too large, requests that the
 * backlog cannot bear. In the same form as every other error, and without an echo of what was sent.
 */
final class JettyErrors extends ErrorHandler {
    static final String RETRY_AFTER_SECONDS = "2";

    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Throwable cause = (Throwable) request.getAttribute(ERROR_EXCEPTION);
        int status = cause instanceof HttpException http ? http.getCode() : response.getStatus();
        RequestIdHandler.mark(request, response);
        log(request, status, cause);
        if (cause instanceof HttpException) {
            // What is no HTTP ends the connection, and a client that is not told may send its next request on it.
            response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        }
        write(request, response, callback, status, detail(status));
        return true;
    }

    private static void log(Request request, int status, Throwable cause) {
        Object id = request.getAttribute(RequestId.ATTRIBUTE);
        if (status == 500) {
            LOG.error("{} {}", id, status, cause);
        } else {
            LOG.info("{} {}: {}", id, status, StatusNames.of(status));
        }
    }

    /** Writes an error answer; {@code Retry-After} where a later try may succeed. */
    static void write(Request request, Response response, Callback callback, int status, String detail) {
        String code = codeOf(status);
        ErrorBody body = ErrorBody.forPath(Request.getPathInContext(request), status, code, detail);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, body.contentType());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put(HttpHeader.PRAGMA, "no-cache");
        if (status == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        response.write(true, ByteBuffer.wrap(body.bytes()), callback);
    }

    private static String codeOf(int status) {
        return switch (status) {
            case 503 -> "temporarily_unavailable";
            case 500 -> "server_error";
            default -> "invalid_request";
        };
    }

    private static String detail(int status) {
        return switch (status) {
            case 431 -> "The header is larger than 16 KiB.";
            case 408 -> "The request did not arrive whole in time.";
            case 413 -> "The body is too large.";
            case 503 -> "The service is shutting down or too busy; try again.";
            default ->
                status < 500
                        ? "The request is not well-formed HTTP."
                        : "Something went wrong here; the log says what, under the X-Request-Id of this answer.";
        };
    }
}
