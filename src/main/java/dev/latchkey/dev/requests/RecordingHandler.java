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
import java.util.function.IntConsumer;
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
            return super.handle(request, new Explained(request, response, status -> {}), callback);
        }
        Instant at = clock.instant();
        boolean form =
                kind == EndpointKind.TOKEN || kind == EndpointKind.INTROSPECTION || kind == EndpointKind.REVOCATION;
        // A body that is announced as too large is left to the endpoint, which refuses it unread and in its own form.
        if (!form || !"POST".equals(request.getMethod()) || request.getLength() > FormRequest.MAX_BYTES) {
            SentRequest sent = SentRequest.of(at, kind, request, new byte[0]);
            return super.handle(request, recorded(sent, request, response), callback);
        }
        BodyReader.read(request, FormRequest.MAX_BYTES, new BodyReader.Receiver() {
            @Override
            public void received(byte[] body) {
                SentRequest sent = SentRequest.of(at, kind, request, body);
                handleLater(replayed(request, body), recorded(sent, request, response), callback);
            }

            @Override
            public void refused(HttpRefusal refusal) {
                SentRequest sent = SentRequest.of(at, kind, request, new byte[0]);
                JettyAnswers.writeError(refusal, request, recorded(sent, request, response), callback);
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

    private Response recorded(SentRequest sent, Request request, Response response) {
        return new Explained(request, response, status -> {
            Optional<String> mistake = status >= 400 ? advice.of(sent) : Advice.ofScope(sent);
            log.add(sent.answered(status, reason(request), mistake.orElse(null)));
        });
    }

    /** Says why a request was refused. */
    private static final class Explained extends Response.Wrapper {
        private final AtomicBoolean begun = new AtomicBoolean();
        private final IntConsumer begins;

        /** @param begins is told the status once, before anything of the answer is written */
        Explained(Request request, Response response, IntConsumer begins) {
            super(request, response);
            this.begins = begins;
        }

        @Override
        public void write(boolean last, ByteBuffer bytes, Callback callback) {
            if (begun.compareAndSet(false, true)) {
                String reason = reason(getRequest());
                if (reason != null) {
                    getHeaders().put(REASON_HEADER, reason);
                }
                begins.accept(getStatus());
            }
            super.write(last, bytes, callback);
        }
    }

    /** The request, whose body was read and is read again by what stands behind. */
    private static Request replayed(Request request, byte[] body) {
        Content.Source again = Content.Source.from(ByteBuffer.wrap(body));
        return new Request.Wrapper(request) {
            @Override
            public Content.Chunk read() {
                return again.read();
            }

            @Override
            public void demand(Runnable demandCallback) {
                again.demand(demandCallback);
            }
        };
    }
}
