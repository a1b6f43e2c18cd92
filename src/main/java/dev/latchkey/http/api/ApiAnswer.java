package dev.latchkey.http.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.json.JsonBinding;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the answers of the management API. */
final class ApiAnswer {
    private ApiAnswer() {}

    /** What every answer says, errors too: no cache keeps it, and no browser guesses another type. */
    static void headers(Context ctx) {
        ctx.header("Cache-Control", "no-store");
        ctx.header("X-Content-Type-Options", "nosniff");
    }

    /** One object: a record or a tree. */
    static void object(Context ctx, int status, Object body) {
        ctx.status(status);
        ctx.contentType("application/json");
        ctx.result(JsonBinding.bytes(body));
    }

    /** A page of objects, and where the next one begins; null = there is none. */
    static <T> void page(Context ctx, List<T> items, Function<T, Object> json, @Nullable String next) {
        page(ctx, items, json, next, null);
    }

    /** A page that says how many objects there are on all pages; null = it does not. */
    static <T> void page(
            Context ctx, List<T> items, Function<T, Object> json, @Nullable String next, @Nullable Long total) {
        object(ctx, 200, new Page(items.stream().map(json).toList(), next, total));
    }

    private record Page(
            List<Object> data,
            @Nullable String nextCursor,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long total) {}

    /** Nothing but that it is done. */
    static void none(Context ctx) {
        ctx.status(204);
    }
}
