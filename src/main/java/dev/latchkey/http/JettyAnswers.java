package dev.latchkey.http;

import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.Answer.Header;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes answers in front of Javalin. */
final class JettyAnswers {
    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField NO_CACHE = new PreEncodedHttpField(HttpHeader.PRAGMA, "no-cache");
    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");

    private JettyAnswers() {}

    /** Writes the whole answer and ends the request. */
    static void write(Answer answer, Request request, Response response, Callback callback) {
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
        Burst.write(request, response, ByteBuffer.wrap(answer.body()), callback);
    }
}
