package dev.latchkey.http.api;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;

/**
 * The cookie that holds a session's token (RFC 6265). No script can read it, no other site makes the browser send it,
 * and on https no other host and no plain connection can set it: that is what the prefix of its name means. It has no
 * lifetime of its own; the session has. Immutable and thread-safe.
 */
final class SessionCookie {
    private static final String PLAIN_NAME = "latchkey_session";
    private static final String SECURE_NAME = "__Host-" + PLAIN_NAME;

    private final String name;
    private final String attributes;

    /** The cookie of a service that people reach at this issuer. */
    SessionCookie(String issuer) {
        boolean https = issuer.toLowerCase(Locale.ROOT).startsWith("https:");
        this.name = https ? SECURE_NAME : PLAIN_NAME;
        this.attributes = "; Path=/; HttpOnly; SameSite=Strict" + (https ? "; Secure" : "");
    }

    void set(Context ctx, String token) {
        ctx.res().addHeader("Set-Cookie", name + "=" + token + attributes);
    }

    /** Makes the browser forget it. */
    void clear(Context ctx) {
        ctx.res().addHeader("Set-Cookie", name + "=" + attributes + "; Max-Age=0");
    }

    /** The token that came with the request; of several cookies of the name, the first. */
    Optional<String> read(Context ctx) {
        for (String header : Collections.list(ctx.req().getHeaders("Cookie"))) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals >= 0 && pair.substring(0, equals).trim().equals(name)) {
                    return Optional.of(pair.substring(equals + 1).trim());
                }
            }
        }
        return Optional.empty();
    }
}
