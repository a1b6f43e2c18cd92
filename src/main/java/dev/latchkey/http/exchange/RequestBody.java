package dev.latchkey.http.exchange;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads a body of a bounded size and of one media type. */
public final class RequestBody {
    private RequestBody() {}

    /**
     * The whole body.
     *
     * @param mediaTypes one of these must {@code Content-Type} say, parameters aside; in lower case
     * @throws HttpRefusal 413 when it is larger than {@code maxBytes}, 415 when it is of another type
     */
    public static byte[] read(Context ctx, int maxBytes, String... mediaTypes) {
        byte[] body = readAtMost(ctx, maxBytes);
        MediaType.require(ctx.req().getContentType(), mediaTypes);
        return body;
    }

    /** Whether the request has no body at all (RFC 9112 §6.3). */
    public static boolean isAbsent(Context ctx) {
        return ctx.req().getContentLengthLong() <= 0 && ctx.req().getHeader("Transfer-Encoding") == null;
    }

    /** Whether {@code Content-Type} is JSON: {@code application/json} or a type with the suffix {@code +json}. */
    public static boolean isJson(Context ctx) {
        String type = MediaType.of(ctx.req().getContentType());
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    private static byte[] readAtMost(Context ctx, int maxBytes) {
        if (ctx.req().getContentLengthLong() > maxBytes) {
            throw tooLarge(maxBytes);
        }
        try {
            byte[] body = ctx.req().getInputStream().readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                throw tooLarge(maxBytes);
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException("the body did not arrive", e);
        }
    }

    private static HttpRefusal tooLarge(int maxBytes) {
        return new HttpRefusal(413, "The body is larger than " + maxBytes + " bytes.");
    }
}
