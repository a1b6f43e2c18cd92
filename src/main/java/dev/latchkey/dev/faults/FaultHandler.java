package dev.latchkey.dev.faults;

import dev.latchkey.dev.requests.RequestLog;
import dev.latchkey.dev.requests.SentRequest;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.ErrorBody;
import dev.latchkey.http.exchange.StatusNames;
import dev.latchkey.http.server.FrontHandler;
import dev.latchkey.token.OAuthError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Makes requests fail or wait as {@link Faults} say. No thread waits with them. */
public final class FaultHandler extends FrontHandler {
    private static final String REASON = "a fault that was asked for at /dev/faults";

    private final Faults faults;
    private final RequestLog log;

    public FaultHandler(Faults faults, RequestLog log) {
        this.faults = faults;
        this.log = log;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        @Nullable SentRequest sent = SentRequest.of(request);
        Optional<Fault> next = sent == null ? Optional.empty() : faults.next(sent);
        if (sent == null || next.isEmpty()) {
            return super.handle(request, response, callback);
        }
        Fault.Effect effect = next.get().effect();
        request.setAttribute(Answer.REASON_ATTRIBUTE, REASON);
        if (effect.delay().isZero()) {
            happen(effect, sent, request, response, callback);
        } else {
            faults.held().delay(request, effect.delay(), () -> happen(effect, sent, request, response, callback));
        }
        return true;
    }

    private void happen(Fault.Effect effect, SentRequest sent, Request request, Response response, Callback callback) {
        Fault.Ending ending = effect.connection();
        if (ending == null || ending == Fault.Ending.TRUNCATE) {
            answer(effect, request, ending == null ? response : new TruncatedResponse(request, response), callback);
            return;
        }
        log.add(sent.answered(null, REASON, null));
        switch (ending) {
            case HANG -> faults.held().hold(request, callback);
            case RESET -> HeldConnections.reset(request, callback);
            default -> HeldConnections.close(request, callback);
        }
    }

    private void answer(Fault.Effect effect, Request request, Response response, Callback callback) {
        if (!effect.answers()) {
            request.removeAttribute(Answer.REASON_ATTRIBUTE);
            handleLater(request, response, callback);
            return;
        }
        int status = effect.status() == null ? 200 : effect.status();
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(HttpHeader.CONTENT_TYPE, Objects.requireNonNullElse(effect.contentType(), "application/json"));
        if (status == 401) {
            headers.put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"latchkey\"");
        }
        if (effect.retryAfterSeconds() != null) {
            headers.put(HttpHeader.RETRY_AFTER, Integer.toString(effect.retryAfterSeconds()));
        }
        boolean bodiless = status == 204 || status == 304 || "HEAD".equals(request.getMethod());
        response.write(true, bodiless ? null : ByteBuffer.wrap(body(effect, status)), callback);
    }

    private static byte[] body(Fault.Effect effect, int status) {
        String given = effect.body();
        if (given != null) {
            return given.getBytes(StandardCharsets.UTF_8);
        }
        return ErrorBody.oauth(
                        Objects.requireNonNullElse(effect.error(), errorOf(status)),
                        "This is a fault that was asked for: " + status + " " + StatusNames.of(status) + ".")
                .bytes();
    }

    private static String errorOf(int status) {
        return switch (status) {
            case 401 -> OAuthError.INVALID_CLIENT.code();
            case 429, 503 -> OAuthError.TEMPORARILY_UNAVAILABLE.code();
            default -> status >= 500 ? "server_error" : OAuthError.INVALID_REQUEST.code();
        };
    }
}
