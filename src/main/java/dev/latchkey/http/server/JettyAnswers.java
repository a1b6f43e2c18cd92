package dev.latchkey.http.server;

import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.ErrorAnswers;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes answers in front of Javalin, without waiting for the client to read them. */
public final class JettyAnswers {
    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField NO_CACHE = new PreEncodedHttpField(HttpHeader.PRAGMA, "no-cache");
    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");

    private JettyAnswers() {}

    /** Writes the whole answer and ends the request, whose body was read. */
    public static void write(Answer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.add(NO_STORE);
        headers.add(NO_CACHE);
        String type = answer.contentType();
        if (type != null) {
            headers.add(type.equals(JSON.getValue()) ? JSON : new HttpField(HttpHeader.CONTENT_TYPE, type));
        }
        for (Header header : answer.headers()) {
            headers.put(header.name(), header.value());
        }
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    /** Answers what was thrown, whatever is left of the request's body. */
    public static void writeError(Throwable thrown, Request request, Response response, Callback callback) {
        writeError(of(thrown, request), request, response, callback);
    }

    /** What to answer when this was thrown; writes the log line. */
    public static Answer of(Throwable thrown, Request request) {
        return ErrorAnswers.of(RequestIdHandler.of(request), thrown);
    }

    /** Writes an error, whatever is left of the request's body. */
    public static void writeError(Answer answer, Request request, Response response, Callback callback) {
        request.setAttribute(Answer.REASON_ATTRIBUTE, answer.reason());
        write(answer, response, UnreadBodyDrainer.before(request, response, callback));
    }

    /** Answers 503 with {@code Retry-After}; the log is told by {@link LoadShedder}. */
    static void writeBusy(Request request, Response response, Callback callback) {
        write(ErrorAnswers.busy(Request.getPathInContext(request)), response, callback);
    }
}
