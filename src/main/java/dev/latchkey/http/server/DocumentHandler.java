package dev.latchkey.http.server;

import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.Document;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.http.exchange.HttpRefusal;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET} and {@code HEAD} of documents before Javalin would: from memory, without a place, and without a
 * thread that waits until the client has read the answer. What any origin may read is said so (the Fetch standard's CORS
 * protocol).
 */
public final class DocumentHandler extends Handler.Wrapper {
    private static final String ONE_DAY_SECONDS = "86400";
    private static final HttpField NO_SNIFFING = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, "Accept-Encoding");
    private static final HttpField ANY_ORIGIN = new PreEncodedHttpField(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, "*");

    private final Function<String, @Nullable Target> documents;
    private final Executor threads;

    /**
     * What is at a path.
     *
     * @param endpoint what answers
     * @param anyOrigin whether pages of every origin may read it
     */
    public record Target(DocumentEndpoint endpoint, boolean anyOrigin) {}

    /** Answers where {@code documents} has a target. */
    DocumentHandler(Function<String, @Nullable Target> documents, Executor threads) {
        this.documents = documents;
        this.threads = threads;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Target target = documents.apply(Request.getPathInContext(request));
        return (target != null && answer(target, threads, request, response, callback))
                || super.handle(request, response, callback);
    }

    /** Answers with a document, if the method is one of those that documents answer; returns whether it is. */
    public static boolean answer(
            Target target, Executor threads, Request request, Response response, Callback callback) {
        String method = request.getMethod();
        if (HttpMethod.GET.is(method) || HttpMethod.HEAD.is(method)) {
            dispatch(target, threads, request, response, callback);
            return true;
        }
        if (target.anyOrigin() && HttpMethod.OPTIONS.is(method)) {
            preflight(response, UnreadBodyDrainer.before(request, response, callback));
            return true;
        }
        return false;
    }

    private static void dispatch(
            Target target, Executor threads, Request request, Response response, Callback callback) {
        try {
            threads.execute(() -> answer(target, request, response, callback));
        } catch (RejectedExecutionException e) {
            HttpRefusal refusal = new HttpRefusal(503, "The service is shutting down; try again.");
            JettyAnswers.writeError(refusal, request, response, callback);
        }
    }

    private static void answer(Target target, Request request, Response response, Callback callback) {
        try {
            if (target.anyOrigin()) {
                response.getHeaders().put(ANY_ORIGIN);
            }
            var unused = target.endpoint()
                    .document(
                            Request.getPathInContext(request),
                            request.getHeaders().getValuesList(HttpHeader.ACCEPT),
                            Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.HOST), ""))
                    .whenComplete((document, failure) -> {
                        if (failure == null) {
                            write(document, request, response, callback);
                        } else {
                            JettyAnswers.writeError(causeOf(failure), request, response, callback);
                        }
                    });
        } catch (RuntimeException e) {
            JettyAnswers.writeError(e, request, response, callback);
        }
    }

    /** A stage that depends on another one wraps what the other one threw. */
    private static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static void write(Document document, Request request, Response response, Callback callback) {
        HttpFields asked = request.getHeaders();
        boolean compressed = document.isCompressedFor(asked.get(HttpHeader.ACCEPT_ENCODING));
        String tag = document.tag(compressed);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(NO_SNIFFING);
        for (Header header : document.headers()) {
            headers.put(header.name(), header.value());
        }
        if (document.varies()) {
            headers.put(VARY);
        }
        if (tag != null) {
            headers.put(HttpHeader.ETAG, tag);
        }
        Callback end = UnreadBodyDrainer.before(request, response, callback);
        if (Document.matches(asked.get(HttpHeader.IF_NONE_MATCH), tag)) {
            response.setStatus(304);
            response.write(true, null, end);
            return;
        }
        response.setStatus(document.status());
        String type = document.contentType();
        if (type != null) {
            headers.put(HttpHeader.CONTENT_TYPE, type);
        }
        if (compressed) {
            headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        response.write(true, ByteBuffer.wrap(document.body(compressed)), end);
    }

    private static void preflight(Response response, Callback callback) {
        response.setStatus(204);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(ANY_ORIGIN);
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD");
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, "*");
        headers.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, ONE_DAY_SECONDS);
        response.write(true, null, callback);
    }
}
