package dev.latchkey.http.api;

import dev.latchkey.json.JsonWriter;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the answers of the management API. */
final class ApiAnswer {
    private ApiAnswer() {}

    /** What every answer says, errors too: nobody keeps it, and nobody takes it for anything but what it is. */
    static void headers(Context ctx) {
        ctx.header("Cache-Control", "no-store");
        ctx.header("X-Content-Type-Options", "nosniff");
    }

    /** One object. */
    static void object(Context ctx, int status, Consumer<JsonWriter> fields) {
        ctx.status(status);
        ctx.contentType("application/json");
        ctx.result(JsonWriter.object(fields));
    }

    /** A page of objects, and where the next one begins; null = there is none. */
    static <T> void page(Context ctx, Collection<T> items, BiConsumer<JsonWriter, T> fields, @Nullable String next) {
        object(
                ctx,
                200,
                out -> out.arrayField(
                                "data",
                                items,
                                (array, item) -> array.startObject()
                                        .fields(object -> fields.accept(object, item))
                                        .endObject())
                        .field("next_cursor", next));
    }

    /** Nothing but that it is done. */
    static void none(Context ctx) {
        ctx.status(204);
    }

    /** One segment of a path, percent-encoded (RFC 3986 §3.3). */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
