package dev.latchkey.http.exchange;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a body of a bounded size and of one media type. */
public final class RequestBody {
    private RequestBody() {}

    /**
     * The whole body.
     *
     * @param mediaType what {@code Content-Type} must say, parameters aside; in lower case
     * @throws HttpRefusal 413 when it is larger than {@code maxBytes}, 415 when it is of another type
     */
    public static byte[] read(Context ctx, int maxBytes, String mediaType) {
        byte[] body = readAtMost(ctx, maxBytes);
        if (!mediaType.equals(mediaTypeOf(ctx.req().getContentType()))) {
            throw new HttpRefusal(415, "Send the body with Content-Type: " + mediaType + ".");
        }
        return body;
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

    private static String mediaTypeOf(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.trim().toLowerCase(Locale.ROOT);
    }

    private static HttpRefusal tooLarge(int maxBytes) {
        return new HttpRefusal(413, "The body is larger than " + maxBytes + " bytes.");
    }
}
