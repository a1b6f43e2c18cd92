package dev.latchkey.http.api;

import dev.latchkey.http.exchange.RequestHost;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie that holds a session's token (RFC 6265). No script can read it, no other site makes the browser send it,
 * and on https no other host and no plain connection can set it: that is what the prefix of its name means. On http
 * every port of a host shares its cookies, so that the name holds the port. It has no lifetime of its own; the session
 * has. Immutable and thread-safe.
 */
final class SessionCookie {
    private static final String NAME = "latchkey_session";
    private static final String SECURE_NAME = "__Host-" + NAME;
    private static final String PLAIN_ORIGIN = "http://";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** Another port of the host can set cookies of this name; of so many distinct tokens each is looked up. */
    private static final int MAX_TOKENS = 32;

    private final String issuer;
    private final boolean https;
    private final String attributes;

    /** The cookie of a service that people reach at this issuer. */
    SessionCookie(String issuer) {
        this.issuer = issuer;
        this.https = issuer.toLowerCase(Locale.ROOT).startsWith("https:");
        this.attributes = "; Path=/; HttpOnly; SameSite=Strict" + (https ? "; Secure" : "");
    }

    void set(Context ctx, String token) {
        ctx.res().addHeader("Set-Cookie", name(ctx) + "=" + token + attributes);
    }

    /** Makes the browser forget it. */
    void clear(Context ctx) {
        ctx.res().addHeader("Set-Cookie", name(ctx) + "=" + attributes + "; Max-Age=0");
    }

    /** The tokens of all cookies of the name, in the order they came. */
    List<String> read(Context ctx) {
        String name = name(ctx);
        return Collections.list(ctx.req().getHeaders("Cookie")).stream()
                .flatMap(header -> List.of(header.split(";", -1)).stream())
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2 && pair[0].trim().equals(name))
                .map(pair -> pair[1].trim())
                .filter(token -> TOKEN.matcher(token).matches())
                .distinct()
                .limit(MAX_TOKENS)
                .toList();
    }

    /**
     * What to tell a person who signs in on a page to which the browser will not send the cookie back: one that was
     * opened over http, while the issuer is an https URL. Empty where nothing is wrong.
     */
    Optional<String> warning(Context ctx) {
        String origin = ctx.header("Origin");
        if (!https || origin == null || !origin.regionMatches(true, 0, PLAIN_ORIGIN, 0, PLAIN_ORIGIN.length())) {
            return Optional.empty();
        }
        return Optional.of("This page was opened over http, but the address of this service is " + issuer
                + ": browsers do not send its session cookie over http. Open " + issuer + "/dashboard/ instead.");
    }

    private String name(Context ctx) {
        return https
                ? SECURE_NAME
                : NAME + "_" + RequestHost.of(ctx).orElse(RequestHost.NONE).port();
    }
}
