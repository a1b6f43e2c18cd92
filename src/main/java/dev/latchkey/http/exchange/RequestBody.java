package dev.latchkey.http.exchange;

import io.javalin.http.Context;

/**
 * The body of a request to the management API. It is read before the endpoint runs, without holding a thread, and after
 * the caller was authenticated.
 */
public final class RequestBody {
    private static final String ATTRIBUTE = "dev.latchkey.request-body";
    private static final byte[] NOTHING = {};

    private RequestBody() {}

    /** Keeps the body for {@link #read}. */
    public static void attach(Context ctx, byte[] body) {
        ctx.attribute(ATTRIBUTE, body);
    }

    /**
     * The whole body; empty when there is none.
     *
     * @param mediaTypes one of these must {@code Content-Type} say, parameters aside; in lower case
     * @throws HttpRefusal 413 when it is larger than {@code maxBytes}, 415 when it is of another type
     */
    public static byte[] read(Context ctx, int maxBytes, String... mediaTypes) {
        byte[] attached = ctx.attribute(ATTRIBUTE);
        byte[] body = attached == null ? NOTHING : attached;
        if (body.length > maxBytes) {
            throw tooLarge(maxBytes);
        }
        MediaType.require(ctx.req().getContentType(), mediaTypes);
        return body;
    }

    /** The refusal of a body that is larger than so many bytes. */
    public static HttpRefusal tooLarge(int maxBytes) {
        return new HttpRefusal(413, "The body is larger than " + maxBytes + " bytes.");
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
}
