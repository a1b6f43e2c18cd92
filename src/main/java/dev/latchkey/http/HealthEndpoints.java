package dev.latchkey.http;

import dev.latchkey.json.JsonWriter;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.function.BooleanSupplier;

/** What a supervisor asks: does the process live, and can it issue tokens. */
final class HealthEndpoints {
    private HealthEndpoints() {}

    static void live(Context ctx) {
        answer(ctx, 200, "live");
    }

    static Handler ready(BooleanSupplier storeReadable) {
        return ctx -> {
            boolean ready = storeReadable.getAsBoolean();
            answer(ctx, ready ? 200 : 503, ready ? "ready" : "the store cannot be read");
        };
    }

    private static void answer(Context ctx, int status, String text) {
        ctx.status(status);
        ctx.header("Cache-Control", "no-store");
        ctx.contentType("application/json");
        ctx.result(JsonWriter.object(out -> out.field("status", text)));
    }
}
