package dev.latchkey.http.api;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Origin;
import dev.latchkey.http.exchange.RequestBody;
import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;

/**
 * Tells calls that a page of this service made from calls that another site made a browser send (cross-site request
 * forgery). {@code Sec-Fetch-Site} and {@code Origin} are set by browsers and cannot be set by pages. A JSON body is
 * asked for too, because a page of another origin cannot send one unasked. Immutable and thread-safe.
 */
final class SameOrigin {
    private final Origin issuer;

    SameOrigin(String issuer) {
        this.issuer = Origin.parse(issuer).orElseThrow(() -> new IllegalArgumentException("an issuer is a URL"));
    }

    /**
     * Returns if the call came from a page of this service.
     *
     * @throws ServiceException of kind FORBIDDEN
     */
    void require(Context ctx) {
        if (!saysSameOrigin(ctx)) {
            throw ServiceException.of(
                    ErrorKind.FORBIDDEN,
                    "A change by cookie must come from a page of this service: its Origin or Sec-Fetch-Site must say "
                            + "same origin. Programs use a Bearer token.");
        }
        if (!RequestBody.isAbsent(ctx) && !RequestBody.isJson(ctx)) {
            throw ServiceException.of(
                    ErrorKind.FORBIDDEN, "A change by cookie must have a JSON body: Content-Type: application/json.");
        }
    }

    /** What {@code Sec-Fetch-Site} says clearly holds; where it does not, {@code Origin} decides. */
    private boolean saysSameOrigin(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        if (site != null && site.equals("same-origin")) {
            return true;
        }
        boolean foreign = site != null && (site.equals("cross-site") || site.equals("same-site"));
        List<String> origins = Collections.list(ctx.req().getHeaders("Origin"));
        return !foreign && origins.size() == 1 && issuer.isOwn(origins.get(0), ctx.header("Host"));
    }
}
