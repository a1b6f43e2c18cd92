package dev.latchkey.http;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.http.exchange.ErrorBody;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.exchange.RequestId;
import dev.latchkey.http.exchange.StatusNames;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.router.EndpointNotFound;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place where an error becomes a status. The answer says what the caller may know; the log line with the same
 * request id says the rest.
 */
final class ErrorHandlers {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");
    private static final String CHALLENGE = "WWW-Authenticate";

    private final Routes routes;

    ErrorHandlers(Routes routes) {
        this.routes = routes;
    }

    void register(RoutesConfig config) {
        config.exception(TokenRefusedException.class, (e, ctx) -> tokenRefused(ctx, e));
        config.exception(LatchkeyException.class, (e, ctx) -> failed(ctx, e));
        config.exception(HttpRefusal.class, (e, ctx) -> refused(ctx, e));
        config.exception(EndpointNotFound.class, (e, ctx) -> notFound(ctx));
        config.exception(UncheckedIOException.class, (e, ctx) -> cutOff(ctx, e));
        config.exception(Exception.class, (e, ctx) -> defect(ctx, e));
    }

    private static void tokenRefused(Context ctx, TokenRefusedException e) {
        LOG.info("{} {}: {}", id(ctx), e.error().code(), e.getMessage());
        boolean client = e.error() == OAuthError.INVALID_CLIENT;
        if (client) {
            ctx.header(CHALLENGE, "Basic realm=\"latchkey\"");
        }
        answer(ctx, client ? 401 : 400, ErrorBody.oauth(e.error().code(), e.description()));
    }

    private static void failed(Context ctx, LatchkeyException e) {
        int status = statusOf(e.kind());
        if (e.kind() == ErrorKind.UNAVAILABLE) {
            LOG.error("{} {}: {}", id(ctx), status, LogLine.of(e));
            ctx.header("Retry-After", JettyErrors.RETRY_AFTER_SECONDS);
        } else {
            LOG.info("{} {}: {}", id(ctx), status, LogLine.of(e));
        }
        Duration retryAfter = e.retryAfter();
        if (retryAfter != null) {
            ctx.header("Retry-After", Long.toString(retryAfter.toSeconds()));
        }
        if (status == 401 && !ctx.res().containsHeader(CHALLENGE)) {
            ctx.header(CHALLENGE, "Bearer realm=\"latchkey\"");
        }
        String detail = String.valueOf(e.getMessage());
        answer(
                ctx,
                status,
                ErrorBody.isOAuthPath(ctx.path())
                        ? ErrorBody.oauth(OAuthError.TEMPORARILY_UNAVAILABLE.code(), detail)
                        : ErrorBody.problem(status, StatusNames.of(status), detail, e.errors()));
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

    private static void refused(Context ctx, HttpRefusal e) {
        LOG.info("{} {}: {}", id(ctx), e.status(), e.description());
        answer(ctx, e.status(), ErrorBody.forPath(ctx.path(), e.status(), "invalid_request", e.description()));
    }

    private void notFound(Context ctx) {
        Set<String> methods = routes.methodsOf(ctx.path());
        int status = methods.isEmpty() ? 404 : 405;
        String detail = "There is nothing here.";
        if (!methods.isEmpty()) {
            String allow = String.join(", ", methods);
            ctx.header("Allow", allow);
            detail = "This path answers " + allow + " only.";
        }
        answer(ctx, status, ErrorBody.forPath(ctx.path(), status, "invalid_request", detail));
    }

    /** The body broke off, was too slow, or is malformed as HTTP; the client may still be listening. */
    private static void cutOff(Context ctx, UncheckedIOException e) {
        int status = isMalformed(e) ? 400 : 408;
        String detail = status == 400 ? "The body is not well-formed HTTP." : "The request did not arrive whole.";
        LOG.info("{} {}: {}", id(ctx), status, detail);
        ctx.header("Connection", "close");
        answer(ctx, status, ErrorBody.forPath(ctx.path(), status, "invalid_request", detail));
    }

    private static boolean isMalformed(Throwable thrown) {
        @Nullable Throwable cause = thrown;
        while (cause != null && !(cause instanceof HttpException)) {
            cause = cause.getCause();
        }
        return cause instanceof HttpException http && http.getCode() == 400;
    }

    private static void defect(Context ctx, Exception e) {
        LOG.error("{} failed", id(ctx), e);
        String detail = "Something went wrong here; the log says what, under the X-Request-Id of this answer.";
        answer(ctx, 500, ErrorBody.forPath(ctx.path(), 500, "server_error", detail));
    }

    private static void answer(Context ctx, int status, ErrorBody body) {
        ctx.status(status);
        ctx.header("Cache-Control", "no-store");
        ctx.header("Pragma", "no-cache");
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.contentType(body.contentType());
        ctx.result(body.bytes());
    }

    private static Object id(Context ctx) {
        Object id = ctx.req().getAttribute(RequestId.ATTRIBUTE);
        return id == null ? "-" : id;
    }
}
