package dev.latchkey.dev.faults;

import dev.latchkey.dev.requests.RequestLog;
import dev.latchkey.dev.requests.SentRequest;
import dev.latchkey.http.connection.RequestDeadlines;
import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.ErrorBody;
import dev.latchkey.http.exchange.StatusNames;
import dev.latchkey.http.server.FrontHandler;
import dev.latchkey.token.OAuthError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Makes requests fail or wait as {@link Faults} say. No thread waits with them. */
public final class FaultHandler extends FrontHandler {
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
        Fault fault = next.get();
        request.setAttribute(Answer.REASON_ATTRIBUTE, "a fault that was asked for at /dev/faults");
        Exchange exchange = new Exchange(fault, sent, request, response, callback);
        if (fault.delay().isZero()) {
            exchange.happen();
        } else {
            exchange.happenLater();
        }
        return true;
    }

    private void next(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
    }

    /** One request that a fault hits. */
    private final class Exchange {
        private final Fault fault;
        private final SentRequest sent;
        private final Request request;
        private final Response response;
        private final Callback callback;

        Exchange(Fault fault, SentRequest sent, Request request, Response response, Callback callback) {
            this.fault = fault;
            this.sent = sent;
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        void happenLater() {
            var connection = request.getConnectionMetaData().getConnection();
            @Nullable
            RequestDeadlines deadlines =
                    request.getConnectionMetaData().getConnector().getBean(RequestDeadlines.class);
            if (deadlines != null) {
                deadlines.suspend(connection);
            }
            request.addIdleTimeoutListener(idle -> false);
            faults.held().delay(request, fault.delay(), () -> {
                if (deadlines != null) {
                    deadlines.resume(connection);
                }
                happen();
            });
        }

        void happen() {
            Fault.Ending ending = fault.connection();
            if (ending == null) {
                answer(response);
                return;
            }
            switch (ending) {
                case TRUNCATE -> answer(new TruncatedResponse(request, response));
                case HANG -> {
                    log.add(sent.answered(null, "a fault that was asked for at /dev/faults", null));
                    faults.held().hold(request, callback);
                }
                case RESET -> {
                    log.add(sent.answered(null, "a fault that was asked for at /dev/faults", null));
                    HeldConnections.reset(request, callback);
                }
                case EMPTY -> {
                    log.add(sent.answered(null, "a fault that was asked for at /dev/faults", null));
                    HeldConnections.close(request, callback);
                }
            }
        }

        private void answer(Response to) {
            if (!fault.answers()) {
                request.removeAttribute(Answer.REASON_ATTRIBUTE);
                next(request, to, callback);
                return;
            }
            int status = fault.status() == null ? 200 : fault.status();
            Optional<Header> retryAfter = Optional.ofNullable(fault.retryAfterSeconds())
                    .map(seconds -> new Header("Retry-After", Integer.toString(seconds)));
            to.setStatus(status);
            to.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            headers(status).forEach(header -> to.getHeaders().put(header.name(), header.value()));
            retryAfter.ifPresent(header -> to.getHeaders().put(header.name(), header.value()));
            boolean bodiless = status == 204 || status == 304 || "HEAD".equals(request.getMethod());
            to.write(true, bodiless ? null : java.nio.ByteBuffer.wrap(body(status)), callback);
        }

        private List<Header> headers(int status) {
            List<Header> headers = new ArrayList<>();
            String given = fault.contentType();
            headers.add(new Header("Content-Type", given != null ? given : "application/json"));
            if (status == 401) {
                headers.add(new Header("WWW-Authenticate", "Basic realm=\"latchkey\""));
            }
            return headers;
        }

        private byte[] body(int status) {
            String given = fault.body();
            if (given != null) {
                return given.getBytes(StandardCharsets.UTF_8);
            }
            String error = fault.error();
            return ErrorBody.oauth(
                            error != null ? error : errorOf(status),
                            "This is a fault that was asked for: " + status + " " + StatusNames.of(status) + ".")
                    .bytes();
        }
    }

    private static String errorOf(int status) {
        if (status == 401) {
            return OAuthError.INVALID_CLIENT.code();
        }
        if (status == 503 || status == 429) {
            return OAuthError.TEMPORARILY_UNAVAILABLE.code();
        }
        return status >= 500 ? "server_error" : OAuthError.INVALID_REQUEST.code();
    }
}
