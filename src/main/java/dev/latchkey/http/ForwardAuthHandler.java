package dev.latchkey.http;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.exchange.RequestId;
import dev.latchkey.http.oauth.ForwardAuth;
import dev.latchkey.token.VerifiedToken;
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

    /** Answers on the paths of which {@code isForwardAuth} holds. */
    ForwardAuthHandler(Predicate<String> isForwardAuth, ForwardAuth forwardAuth) {
        this.isForwardAuth = isForwardAuth;
        this.forwardAuth = forwardAuth;
    }

    /** Whether this is asked of forward authentication. */
    boolean answers(Request request) {
        return isForwardAuth.test(Request.getPathInContext(request));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!answers(request)) {
            return super.handle(request, response, callback);
        }
        response.getHeaders().put(NO_STORE);
        try {
            VerifiedToken token = forwardAuth.decide(
                    request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION),
                    request.getHttpURI().getQuery());
            pass(response, token);
        } catch (ForwardAuth.Refusal e) {
            LOG.info("{} {}: {}", request.getAttribute(RequestId.ATTRIBUTE), e.status(), e.getMessage());
            response.setStatus(e.status());
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, e.challenge());
        } catch (HttpRefusal e) {
            LOG.info("{} {}: {}", request.getAttribute(RequestId.ATTRIBUTE), e.status(), e.description());
            JettyErrors.write(request, response, callback, e.status(), e.description());
            return true;
        } catch (LatchkeyException e) {
            if (e.kind() != ErrorKind.UNAVAILABLE) {
                throw e;
            }
            LOG.error("{} {}", request.getAttribute(RequestId.ATTRIBUTE), e.getMessage(), e.getCause());
            JettyErrors.write(request, response, callback, 503, String.valueOf(e.getMessage()));
            return true;
        }
        response.write(true, null, callback);
        return true;
    }

    private static void pass(Response response, VerifiedToken token) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("X-Latchkey-Client-Id", token.clientId());
        headers.put("X-Latchkey-Scope", token.scope().toString());
        headers.put("X-Latchkey-Subject", token.clientId());
    }
}
