package dev.latchkey.http;

import dev.latchkey.http.exchange.Answer;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.ErrorAnswers;
import dev.latchkey.http.exchange.RequestId;
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
        config.exception(Exception.class, (e, ctx) -> answer(ctx, ErrorAnswers.of(id(ctx), ctx.path(), e)));
    }

    private void notFound(Context ctx) {
        Set<String> methods = routes.methodsOf(ctx.path());
        if (methods.isEmpty()) {
            answer(ctx, ErrorAnswers.at(ctx.path(), 404, "invalid_request", "There is nothing here."));
            return;
        }
        String allow = String.join(", ", methods);
        String detail = "This path answers " + allow + " only.";
        answer(ctx, ErrorAnswers.at(ctx.path(), 405, "invalid_request", detail, new Header("Allow", allow)));
    }

    /** A header that the handler has set already stands. */
    private static void answer(Context ctx, Answer answer) {
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

    private static Object id(Context ctx) {
        Object id = ctx.req().getAttribute(RequestId.ATTRIBUTE);
        return id == null ? "-" : id;
    }
}
