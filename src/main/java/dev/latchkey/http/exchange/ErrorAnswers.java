package dev.latchkey.http.exchange;

import dev.latchkey.client.ClientRefusedException;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.log.LoggedRequest;
import dev.latchkey.issuer.KeysPendingException;
import dev.latchkey.log.LogEvent;
import dev.latchkey.token.InvalidTokenException;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.user.SignInFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The one place where an error becomes an answer, whether it arose in Jetty, in Javalin or in a handler of ours. The
 * answer says what the caller may know; the log line with the same request id says the rest. Stateless.
 */
public final class ErrorAnswers {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String RETRY_AFTER = "Retry-After";
    private static final String SERVER_ERROR = "server_error";
    private static final String INVALID = OAuthError.INVALID_REQUEST.code();
    private static final int MAX_LOG_LINE = 500;
    private static final Header[] NONE = {};
    private static final Header NO_SNIFFING = new Header("X-Content-Type-Options", "nosniff");
    private static final Header BASIC = new Header(CHALLENGE, "Basic realm=\"latchkey\"");
    private static final Header BEARER = new Header(CHALLENGE, "Bearer realm=\"latchkey\"");

    /** When a client that was turned away may try again, in seconds. */
    public static final String RETRY_AFTER_SECONDS = "2";

    private static final Header SOON = new Header(RETRY_AFTER, RETRY_AFTER_SECONDS);

    private ErrorAnswers() {}

    /**
     * The answer to a request that failed so; writes the log line.
     *
     * @param request says under which id, and by its path which form of errors is called for
     */
    public static Answer of(LoggedRequest request, Throwable thrown) {
        if (thrown instanceof TokenRefusedException e) {
            return tokenRefused(request, e);
        }
        if (thrown instanceof ClientRefusedException e) {
            return clientRefused(request, e);
        }
        if (thrown instanceof ServiceException e) {
            return failed(request, e);
        }
        if (thrown instanceof KeysPendingException) {
            return busy(request.path());
        }
        if (thrown instanceof HttpRefusal e) {
            return refused(request, e);
        }
        request.tell(
                LogEvent.REQUEST_FAILED.error(LOG).setCause(thrown), 500, SERVER_ERROR, Optional.empty(), "defect");
        String path = request.path();
        String detail = "Something went wrong here; the log says what, under the X-Request-Id of this answer.";
        return at(path, 500, SERVER_ERROR, detail);
    }

    /** An answer in the form that the path calls for. */
    public static Answer at(String path, int status, String code, String detail, Header... headers) {
        return error(status, code, ErrorBody.forPath(path, status, code, detail), List.of(headers))
                .because(detail);
    }

    /** 503 with {@code Retry-After}: there is no room for the request; is not logged. */
    public static Answer busy(String path) {
        return at(path, 503, OAuthError.TEMPORARILY_UNAVAILABLE.code(), "The service is too busy; try again.", SOON);
    }

    /** Any client can send what is malformed, at no cost: of many such requests a part has lines. */
    private static Answer refused(LoggedRequest request, HttpRefusal e) {
        int status = e.status();
        String code = status == 503 ? OAuthError.TEMPORARILY_UNAVAILABLE.code() : status < 500 ? INVALID : SERVER_ERROR;
        if (request.takeLine()) {
            request.tell(LogEvent.REQUEST_MALFORMED.info(LOG), status, code, Optional.empty(), e.reason());
        }
        return at(request.path(), status, code, e.description(), status == 503 ? new Header[] {SOON} : NONE)
                .because(e.reason());
    }

    /** What is refused before the client is known can be sent by any client, as above. */
    private static Answer tokenRefused(LoggedRequest request, TokenRefusedException e) {
        String code = e.error().code();
        String reason = String.valueOf(e.getMessage());
        if (e.keyId().isPresent()) {
            request.tell(LogEvent.TOKEN_REFUSED.info(LOG), 400, code, e.keyId(), reason);
        } else if (request.takeLine()) {
            request.tell(LogEvent.REQUEST_MALFORMED.info(LOG), 400, code, Optional.empty(), reason);
        }
        return error(400, code, ErrorBody.oauth(code, e.description()), List.of())
                .because(reason);
    }

    private static Answer clientRefused(LoggedRequest request, ClientRefusedException e) {
        String code = OAuthError.INVALID_CLIENT.code();
        String reason = String.valueOf(e.getMessage());
        request.tell(LogEvent.CLIENT_REFUSED.info(LOG), 401, code, e.keyId(), reason);
        return error(401, code, ErrorBody.oauth(code, "Client authentication failed."), List.of(BASIC))
                .because(reason);
    }

    private static Answer failed(LoggedRequest request, ServiceException e) {
        int status = statusOf(e.kind());
        String path = request.path();
        boolean oauth = ErrorBody.isOAuthPath(path);
        String code = oauth ? OAuthError.TEMPORARILY_UNAVAILABLE.code() : StatusNames.of(status);
        String outcome = oauth ? code : code.toLowerCase(Locale.ROOT).replace(' ', '_');
        request.tell(line(e), status, outcome, keyId(e), logLine(e) + request.askerInWords());
        List<Header> headers = new ArrayList<>();
        Duration retryAfter = e.retryAfter();
        if (retryAfter != null) {
            headers.add(new Header(RETRY_AFTER, Long.toString(retryAfter.toSeconds())));
        } else if (e.kind() == ErrorKind.UNAVAILABLE) {
            headers.add(SOON);
        }
        if (status == 401) {
            headers.add(BEARER);
        }
        String detail = String.valueOf(e.getMessage());
        ErrorBody body = oauth ? ErrorBody.oauth(code, detail) : ErrorBody.problem(status, code, detail, e.errors());
        return error(status, code, body, headers).because(logLine(e));
    }

    private static LoggingEventBuilder line(ServiceException e) {
        if (e.kind() == ErrorKind.UNAVAILABLE) {
            return e.isLogged() ? LogEvent.REQUEST_UNAVAILABLE.debug(LOG) : LogEvent.REQUEST_UNAVAILABLE.error(LOG);
        }
        LogEvent event = e.getCause() instanceof SignInFailure ? LogEvent.SIGN_IN_REFUSED : LogEvent.API_REFUSED;
        return event.info(LOG);
    }

    private static Optional<String> keyId(ServiceException e) {
        return e.getCause() instanceof InvalidTokenException token ? token.keyId() : Optional.empty();
    }

    private static int statusOf(ErrorKind kind) {
        return switch (kind) {
            case INVALID -> 422;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case PRECONDITION_FAILED -> 412;
            case TOO_MANY_REQUESTS -> 429;
            case UNAVAILABLE -> 503;
            case MISCONFIGURED -> 500;
        };
    }

    private static Answer error(int status, String code, ErrorBody body, List<Header> headers) {
        List<Header> all = new ArrayList<>(headers);
        all.add(NO_SNIFFING);
        return Answer.error(status, code, body, all);
    }

    /**
     * The true reason: the cause's message where there is a cause, else the error's own. One line, of a bounded length,
     * whatever a caller sent.
     */
    static String logLine(Throwable error) {
        boolean apart =
                error instanceof ServiceException known && !known.reason().equals(known.getMessage());
        Throwable cause = apart || error.getCause() == null ? error : error.getCause();
        String message =
                cause instanceof ServiceException failure ? failure.logMessage() : String.valueOf(cause.getMessage());
        String shown = message.length() > MAX_LOG_LINE ? message.substring(0, MAX_LOG_LINE) + "…" : message;
        return shown.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
