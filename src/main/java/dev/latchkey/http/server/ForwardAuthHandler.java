package dev.latchkey.http.server;

import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.HttpListener.Shed;
import dev.latchkey.http.oauth.ForwardAuth;
import dev.latchkey.log.LogEvent;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.SignedClaims;
import dev.latchkey.token.TokenListener;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /connect/verify} before Javalin does: whatever the method, which a proxy may pass on from the request
 * that it asks about, without waiting for a body, which it may announce and not send, and at a fraction of the cost.
 */
final class ForwardAuthHandler extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");
    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");

    private final Predicate<String> isForwardAuth;
    private final ForwardAuth forwardAuth;
    private final boolean promptStore;
    private final AdmissionControl control;
    private final LoadShedder shedder;

    /**
     * Answers on the paths of which {@code isForwardAuth} holds.
     *
     * @param promptStore whether reading from the store never makes a thread wait
     */
    ForwardAuthHandler(
            Predicate<String> isForwardAuth,
            ForwardAuth forwardAuth,
            boolean promptStore,
            AdmissionControl control,
            LoadShedder shedder) {
        this.isForwardAuth = isForwardAuth;
        this.forwardAuth = forwardAuth;
        this.promptStore = promptStore;
        this.control = control;
        this.shedder = shedder;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isForwardAuth.test(Request.getPathInContext(request))) {
            return super.handle(request, response, callback);
        }
        if (promptStore) {
            answer(request, response, callback).run();
        } else {
            control.submit(new AdmissionControl.Work() {
                @Override
                public Runnable run() {
                    return answer(request, response, callback);
                }

                @Override
                public void shed(Shed reason) {
                    forwardAuth.answered(OAuthError.TEMPORARILY_UNAVAILABLE.code());
                    shedder.shed(reason, request, response, callback);
                }
            });
        }
        return true;
    }

    /** The answer is made now, and written by what is returned. */
    private Runnable answer(Request request, Response response, Callback callback) {
        try {
            SignedClaims token = forwardAuth
                    .decide(
                            request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION),
                            request.getHttpURI().getQuery())
                    .claims();
            forwardAuth.answered(TokenListener.PASSED);
            return () -> {
                pass(response, token);
                write(request, response, callback);
            };
        } catch (ForwardAuth.Refusal e) {
            RequestIdHandler.of(request)
                    .tell(LogEvent.VERIFY_REFUSED.info(LOG), e.status(), e.error(), e.keyId(), e.reason());
            request.setAttribute(Answer.REASON_ATTRIBUTE, e.reason());
            forwardAuth.answered(e.error());
            return () -> {
                response.setStatus(e.status());
                response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, e.challenge());
                write(request, response, callback);
            };
        } catch (RuntimeException e) {
            Answer answer = JettyAnswers.of(e, request);
            forwardAuth.answered(String.valueOf(answer.error()));
            return () -> JettyAnswers.writeError(answer, request, response, callback);
        }
    }

    private static void write(Request request, Response response, Callback callback) {
        response.getHeaders().put(NO_STORE);
        response.write(true, null, UnreadBodyDrainer.before(request, response, callback));
    }

    private static void pass(Response response, SignedClaims token) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("X-Latchkey-Client-Id", token.clientId());
        headers.put("X-Latchkey-Scope", token.scope().toString());
        headers.put("X-Latchkey-Subject", token.subject());
    }
}
