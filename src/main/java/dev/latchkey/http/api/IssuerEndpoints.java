package dev.latchkey.http.api;

import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.issuer.TrustedIssuerJson;
import dev.latchkey.issuer.TrustedIssuers;
import io.javalin.http.Context;

/** {@code /api/issuers} and below. Thread-safe. */
public final class IssuerEndpoints {
    private final TrustedIssuers issuers;

    public IssuerEndpoints(TrustedIssuers issuers) {
        this.issuers = issuers;
    }

    /** {@code GET /api/issuers}: all of them, by name. */
    public void list(Context ctx) {
        ApiAnswer.page(ctx, issuers.list(Caller.actorOf(ctx)), issuer -> TrustedIssuerJson.of(issuer), null);
    }

    /** {@code POST /api/issuers}. */
    public void add(Context ctx) {
        TrustedIssuer added = issuers.add(Caller.actorOf(ctx), JsonBody.read(ctx));
        ApiAnswer.object(ctx, 201, TrustedIssuerJson.of(added));
    }

    /** {@code GET /api/issuers/{name}}: with what is known of the fetching of its JWK Set. */
    public void show(Context ctx) {
        TrustedIssuer issuer = issuers.get(Caller.actorOf(ctx), ctx.pathParam("name"));
        ApiAnswer.object(ctx, 200, TrustedIssuerJson.of(issuer, issuers.fetch(Caller.actorOf(ctx), issuer)));
    }

    /** {@code DELETE /api/issuers/{name}}. */
    public void remove(Context ctx) {
        issuers.remove(Caller.actorOf(ctx), ctx.pathParam("name"));
        ApiAnswer.none(ctx);
    }
}
