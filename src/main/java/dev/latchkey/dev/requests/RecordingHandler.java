package dev.latchkey.dev.requests;

import dev.latchkey.dev.profile.EndpointKind;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.server.BodyReader;
import dev.latchkey.http.server.FrontHandler;
import dev.latchkey.http.server.JettyAnswers;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what clients ask and what they get, and says in {@code X-Latchkey-Reason} why a request was refused. A
 * request stands in the log before its client has the answer.
 */
public final class RecordingHandler extends FrontHandler {
    private static final String REASON_HEADER = "X-Latchkey-Reason";
    private static final int MAX_REASON = 500;

    private final Function<String, Optional<EndpointKind>> kinds;
    private final RequestLog log;
    private final Advice advice;
    private final Clock clock;

    /** @param kinds what kind of endpoint a path has */
    public RecordingHandler(
            Function<String, Optional<EndpointKind>> kinds, RequestLog log, Advice advice, Clock clock) {
        this.kinds = kinds;
        this.log = log;
        this.advice = advice;
        this.clock = clock;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        @Nullable
        EndpointKind kind = kinds.apply(Request.getPathInContext(request)).orElse(null);
        if (kind == null) {
            return super.handle(request, new Explained(request, response), callback);
        }
        Instant at = clock.instant();
        boolean form =
                kind == EndpointKind.TOKEN || kind == EndpointKind.INTROSPECTION || kind == EndpointKind.REVOCATION;
        // A body that is announced as too large is left to the endpoint, which refuses it unread and in its own form.
        if (!form || !"POST".equals(request.getMethod()) || request.getLength() > FormRequest.MAX_BYTES) {
            SentRequest sent = SentRequest.of(at, kind, request, new byte[0]);
            return super.handle(request, new Recorded(sent, request, response), callback);
        }
        BodyReader.read(request, FormRequest.MAX_BYTES, new BodyReader.Receiver() {
            @Override
            public void received(byte[] body) {
                SentRequest sent = SentRequest.of(at, kind, request, body);
                handleLater(new ReplayedRequest(request, body), new Recorded(sent, request, response), callback);
            }

            @Override
            public void refused(HttpRefusal refusal) {
                SentRequest sent = SentRequest.of(at, kind, request, new byte[0]);
                JettyAnswers.writeError(refusal, request, new Recorded(sent, request, response), callback);
            }
        });
        return true;
    }

    private static @Nullable String reason(Request request) {
        return request.getAttribute(Answer.REASON_ATTRIBUTE) instanceof String reason ? headerSafe(reason) : null;
    }

    /** Printable ASCII of a bounded length: a reason quotes what a client sent. */
    private static String headerSafe(String text) {
        String shown = text.length() > MAX_REASON ? text.substring(0, MAX_REASON) : text;
        return shown.replaceAll("[^ -~]", "?");
    }

    /** Says why a request was refused. */
    private static class Explained extends Response.Wrapper {
        private final AtomicBoolean begun = new AtomicBoolean();

        Explained(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, ByteBuffer bytes, Callback callback) {
            if (begun.compareAndSet(false, true)) {
                String reason = reason(getRequest());
                if (reason != null) {
                    getHeaders().put(REASON_HEADER, reason);
                }
                begins();
            }
            super.write(last, bytes, callback);
        }

        /** Called once, before anything of the answer is written. */
        void begins() {}
    }

    /** Adds the request to the log, too. */
    private final class Recorded extends Explained {
        private final SentRequest sent;

        Recorded(SentRequest sent, Request request, Response response) {
            super(request, response);
            this.sent = sent;
        }

        @Override
        void begins() {
            int status = getStatus();
            Optional<String> mistake = status >= 400 ? advice.of(sent) : Advice.ofScope(sent);
            log.add(sent.answered(status, reason(getRequest()), mistake.orElse(null)));
        }
    }

    /** A request whose body was read and is read again by what stands behind. For one thread at a time. */
    private static final class ReplayedRequest extends Request.Wrapper {
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
}
