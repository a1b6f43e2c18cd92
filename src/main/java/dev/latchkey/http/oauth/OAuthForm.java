package dev.latchkey.http.oauth;

import dev.latchkey.http.exchange.FormBody;
import dev.latchkey.http.exchange.HttpRefusal;
import dev.latchkey.http.exchange.RequestBody;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import io.javalin.http.Context;

/** The form that every OAuth endpoint takes (RFC 6749 §3.2, RFC 7662 §2.1, RFC 7009 §2.1). */
final class OAuthForm {
    /** The largest body; what is larger is refused unread. */
    static final int MAX_BODY_BYTES = 16 * 1024;

    private OAuthForm() {}

    /**
     * Reads the body.
     *
     * @param repeatable the one parameter that may stand there more than once; empty = none
     */
    static FormBody read(Context ctx, String repeatable) {
        byte[] body = RequestBody.read(ctx, MAX_BODY_BYTES, "application/x-www-form-urlencoded");
        try {
            return FormBody.parse(body, repeatable);
        } catch (HttpRefusal e) {
            throw TokenRefusedException.of(OAuthError.INVALID_REQUEST, e.description());
        }
    }
}
