package dev.latchkey.http.server;

import dev.latchkey.client.ClientProof;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.FormEndpoint;
import dev.latchkey.http.exchange.FormRequest;
import dev.latchkey.http.exchange.HttpListener.Shed;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.exchange.MediaType;
import dev.latchkey.issuer.KeysPendingException;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Lets the endpoints that take a form answer before Javalin would. What only reads from a store that answers promptly is
 * answered by the thread that read the request from its connection: no other has to be woken for it, and no more of them
 * sign at a time than there are processors. Where the store is across a network, what a token needs is read from it first,
 * and no thread that signs waits. Everything else is worked on in a place of {@link AdmissionControl}.
 */
final class FormEndpointHandler extends Handler.Wrapper {
    /** So many requests wait for JWK Sets at most; each holds its body and no thread. */
    private static final int MOST_PENDING = 600;

    /** A request may wait for a set, for one with a key that this lacks, and for those of other issuers of the same iss. */
    private static final int MOST_ARRIVALS = 6;

    private final Map<String, FormEndpoint> endpoints;
    private final boolean promptStore;
    private final AdmissionControl control;
    private final AdmissionControl signing;
    private final LoadShedder shedder;
    private final AtomicInteger pending = new AtomicInteger();

    /**
     * Answers {@code POST} on these paths.
     *
     * @param promptStore whether reading from the store never makes a thread wait
     * @param signing has as many places as can sign at one time
     */
    FormEndpointHandler(
            Map<String, FormEndpoint> endpoints,
            boolean promptStore,
            AdmissionControl control,
            AdmissionControl signing,
            LoadShedder shedder) {
        this.endpoints = Map.copyOf(endpoints);
        this.promptStore = promptStore;
        this.control = control;
        this.signing = signing;
        this.shedder = shedder;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        FormEndpoint endpoint = endpoints.get(Request.getPathInContext(request));
        // AmbiguousPathFilter, which comes later, refuses what can be read as another path.
        if (endpoint == null
                || !HttpMethod.POST.is(request.getMethod())
                || request.getHttpURI().isAmbiguous()) {
            return super.handle(request, response, callback);
        }
        BodyReader.read(request, FormRequest.MAX_BYTES, new Exchange(request, response, callback, endpoint));
        return true;
    }

    /** One posted form. */
    private final class Exchange implements BodyReader.Receiver, AdmissionControl.Work {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final FormEndpoint endpoint;
        private byte[] body = {};
        private @Nullable ClientProof proof;
        private int arrivals;

        Exchange(Request request, Response response, Callback callback, FormEndpoint endpoint) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.endpoint = endpoint;
        }

        @Override
        public void received(byte[] whole) {
            FormBody form;
            try {
                form = parse(whole);
            } catch (RuntimeException e) {
                fail(e).run();
                return;
            }
            if (promptStore && !endpoint.writes(form)) {
                answer(form).run();
                return;
            }
            body = whole;
            if (promptStore || !lookUp(form)) {
                control.submit(this);
            }
        }

        /** Whether another thread reads what the answer needs, and goes on from there. */
        private boolean lookUp(FormBody form) {
            try {
                return endpoint.lookUp(request(form), known -> {
                    proof = known;
                    signing.submit(this);
                });
            } catch (TokenRefusedException e) {
                // It is refused in its turn.
                return false;
            }
        }

        private FormRequest request(FormBody form) {
            return new FormRequest(
                    RequestIdHandler.of(request),
                    request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION),
                    form,
                    proof);
        }

        @Override
        public void refused(HttpRefusal refusal) {
            fail(refusal).run();
        }

        private FormBody parse(byte[] whole) {
            MediaType.require(request.getHeaders().get(HttpHeader.CONTENT_TYPE), FormRequest.MEDIA_TYPE);
            try {
                return FormBody.parse(whole, endpoint.repeatable());
            } catch (HttpRefusal e) {
                throw TokenRefusedException.of(OAuthError.INVALID_REQUEST, e.description(), e.reason());
            }
        }

        /** The answer is made now, and written by what is returned. */
        private Runnable answer(FormBody form) {
            Answer answer;
            try {
                answer = endpoint.answer(request(form));
            } catch (KeysPendingException e) {
                return () -> await(e.arrival());
            } catch (RuntimeException e) {
                return fail(e);
            }
            if (answer.reason() != null) {
                request.setAttribute(Answer.REASON_ATTRIBUTE, answer.reason());
            }
            tell(answer.error());
            return () -> JettyAnswers.write(answer, response, callback);
        }

        /** Begins anew when the set has come, in a place of its own. */
        private void await(CompletableFuture<Void> arrival) {
            arrivals++;
            if (pending.incrementAndGet() > MOST_PENDING || arrivals > MOST_ARRIVALS) {
                pending.decrementAndGet();
                shed(Shed.QUEUE_FULL);
                return;
            }
            var unused = arrival.thenRun(() -> {
                pending.decrementAndGet();
                control.submit(this);
            });
        }

        private Runnable fail(RuntimeException failure) {
            Answer answer = JettyAnswers.of(failure, request);
            tell(answer.error());
            return () -> JettyAnswers.writeError(answer, request, response, callback);
        }

        private void tell(@Nullable String error) {
            endpoint.answered(error, request.getBeginNanoTime());
        }

        /** What waits for its turn is kept as it came: a form that was taken apart needs ten times as much memory. */
        @Override
        public Runnable run() {
            return answer(parse(body));
        }

        @Override
        public void shed(Shed reason) {
            tell(OAuthError.TEMPORARILY_UNAVAILABLE.code());
            shedder.shed(reason, request, response, callback);
        }
    }
}
