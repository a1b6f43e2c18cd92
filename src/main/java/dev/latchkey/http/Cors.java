package dev.latchkey.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Lets pages of any origin read what is public anyway (the Fetch standard's CORS protocol). */
final class Cors {
    private static final String ONE_DAY_SECONDS = "86400";

    private Cors() {}

    static Handler readable(Handler handler) {
        return ctx -> {
            ctx.header("Access-Control-Allow-Origin", "*");
            handler.handle(ctx);
        };
    }

    static void preflight(Context ctx) {
        ctx.status(204);
        ctx.header("Access-Control-Allow-Origin", "*");
        ctx.header("Access-Control-Allow-Methods", "GET, HEAD");
        ctx.header("Access-Control-Allow-Headers", "*");
        ctx.header("Access-Control-Max-Age", ONE_DAY_SECONDS);
    }
}
