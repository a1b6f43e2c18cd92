package dev.latchkey.http.exchange;

import dev.latchkey.client.ClientRefusedException;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where an error becomes an answer, whether it arose in Jetty, in Javalin or in a handler of ours. The
 * answer says what the caller may know; the log line with the same request id says the rest. Stateless.
 */
public final class ErrorAnswers {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String RETRY_AFTER = "Retry-After";
    private static final String INVALID = OAuthError.INVALID_REQUEST.code();
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
     * @param id the id of the request
     * @param path the path of the request, which calls for one form of errors
     */
    public static Answer of(Object id, String path, Throwable thrown) {
        if (thrown instanceof TokenRefusedException e) {
            return tokenRefused(id, e.error(), e.description(), e);
        }
        if (thrown instanceof ClientRefusedException e) {
            return tokenRefused(id, OAuthError.INVALID_CLIENT, "Client authentication failed.", e);
        }
        if (thrown instanceof ServiceException e) {
            return failed(id, path, e);
        }
        if (thrown instanceof HttpRefusal e) {
            return refused(id, path, e);
        }
        LOG.error("{} failed", id, thrown);
        String detail = "Something went wrong here; the log says what, under the X-Request-Id of this answer.";
        return at(path, 500, "server_error", detail);
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

    private static Answer refused(Object id, String path, HttpRefusal e) {
        int status = e.status();
        LOG.info("{} {}: {}", id, status, e.reason());
        String code =
                status == 503 ? OAuthError.TEMPORARILY_UNAVAILABLE.code() : status < 500 ? INVALID : "server_error";
        return at(path, status, code, e.description(), status == 503 ? new Header[] {SOON} : NONE)
                .because(e.reason());
    }

    private static Answer tokenRefused(Object id, OAuthError error, String description, Exception cause) {
        LOG.info("{} {}: {}", id, error.code(), cause.getMessage());
        boolean client = error == OAuthError.INVALID_CLIENT;
        ErrorBody body = ErrorBody.oauth(error.code(), description);
        return error(client ? 401 : 400, error.code(), body, client ? List.of(BASIC) : List.of())
                .because(String.valueOf(cause.getMessage()));
    }

    private static Answer failed(Object id, String path, ServiceException e) {
        int status = statusOf(e.kind());
        List<Header> headers = new ArrayList<>();
        if (e.isLogged()) {
            LOG.debug("{} {}: {}", id, status, e.reason());
        } else if (e.kind() == ErrorKind.UNAVAILABLE) {
            LOG.error("{} {}: {}", id, status, LogLine.of(e));
        } else {
            LOG.info("{} {}: {}", id, status, LogLine.of(e));
        }
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
        boolean oauth = ErrorBody.isOAuthPath(path);
        String code = oauth ? OAuthError.TEMPORARILY_UNAVAILABLE.code() : StatusNames.of(status);
        ErrorBody body = oauth ? ErrorBody.oauth(code, detail) : ErrorBody.problem(status, code, detail, e.errors());
        return error(status, code, body, headers).because(LogLine.of(e));
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
}
