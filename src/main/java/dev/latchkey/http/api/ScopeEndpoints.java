package dev.latchkey.http.api;

import dev.latchkey.http.exchange.Fields;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import io.javalin.http.Context;
import java.util.List;

/** {@code /api/scopes} and below. Thread-safe. */
public final class ScopeEndpoints {
    private final ScopeCatalogue scopes;

    public ScopeEndpoints(ScopeCatalogue scopes) {
        this.scopes = scopes;
    }

    /** {@code GET /api/scopes}: all of them, by name. */
    public void list(Context ctx) {
        ApiAnswer.page(ctx, scopes.list(Caller.actorOf(ctx)), scope -> scope, null);
    }

    /** {@code POST /api/scopes}. */
    public void add(Context ctx) {
        Fields fields = new Fields(JsonBody.read(ctx));
        String name = fields.text("name");
        String description = fields.optionalText("description").orElse("");
        fields.check();
        List<Scope> added = scopes.add(Caller.actorOf(ctx), List.of(name), description);
        ApiAnswer.object(ctx, 201, added.get(0));
    }

    /** {@code DELETE /api/scopes/{name}}. */
    public void remove(Context ctx) {
        scopes.remove(Caller.actorOf(ctx), ctx.pathParam("name"));
        ApiAnswer.none(ctx);
    }
}
