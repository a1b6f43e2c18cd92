package dev.latchkey.http;

import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.ErrorAnswers;
import dev.latchkey.http.log.LoggedRequest;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.router.EndpointNotFound;
import java.util.Set;

/** What Javalin answers when a handler fails, or when there is none. */
final class ErrorHandlers {
    private final Routes routes;

    ErrorHandlers(Routes routes) {
        this.routes = routes;
    }

    void register(RoutesConfig config) {
        config.exception(EndpointNotFound.class, (e, ctx) -> notFound(ctx));
        config.exception(
                Exception.class,
                (e, ctx) -> answer(
                        ctx, ErrorAnswers.of(LoggedRequest.of(ctx.req().getAttribute(LoggedRequest.ATTRIBUTE)), e)));
    }

    private void notFound(Context ctx) {
        Set<String> methods = routes.methodsOf(ctx.path());
        if (methods.isEmpty()) {
            answer(ctx, ErrorAnswers.at(ctx.path(), 404, "invalid_request", nothingAt(ctx.path())));
            return;
        }
        String allow = String.join(", ", methods);
        String detail = "This path answers " + allow + " only.";
        answer(ctx, ErrorAnswers.at(ctx.path(), 405, "invalid_request", detail, new Header("Allow", allow)));
    }

    /** Other services have these endpoints elsewhere: the path that was meant is named. */
    private static String nothingAt(String path) {
        String name =
                path.substring(path.lastIndexOf('/', path.length() - 2) + 1).replace("/", "");
        String meant = switch (name) {
            case "token" -> "Tokens are issued at POST /connect/token.";
            case "introspect", "introspection" -> "Tokens are introspected at POST /connect/introspect.";
            case "revoke", "revocation" -> "Tokens are revoked at POST /connect/revocation.";
            case "jwks", "jwks.json", "certs", "keys" -> "The JWK Set is at /.well-known/jwks.json.";
            default -> "";
        };
        return meant.isEmpty() ? "There is nothing here." : "There is nothing here. " + meant;
    }

    /** A header that the handler has set already stands. */
    private static void answer(Context ctx, Answer answer) {
        ctx.req().setAttribute(Answer.REASON_ATTRIBUTE, answer.reason());
        ctx.status(answer.status());
        ctx.header("Cache-Control", "no-store");
        ctx.header("Pragma", "no-cache");
        for (Header header : answer.headers()) {
            if (!ctx.res().containsHeader(header.name())) {
                ctx.header(header.name(), header.value());
            }
        }
        if (answer.contentType() != null) {
            ctx.contentType(answer.contentType());
        }
        ctx.result(answer.body());
    }
}
