package dev.latchkey.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyCursor;
import dev.latchkey.accesskey.AccessKeyJson;
import dev.latchkey.accesskey.AccessKeyPage;
import dev.latchkey.accesskey.AccessKeyQuery;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.Durations;
import dev.latchkey.http.exchange.Fields;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Duration;

/** {@code /api/keys} and below. Thread-safe. */
public final class KeyEndpoints {
    private final AccessKeys keys;
    private final String basePath;

    /** The keys of a service whose URLs begin with this issuer. */
    public KeyEndpoints(AccessKeys keys, String issuer) {
        this.keys = keys;
        this.basePath = URI.create(issuer).getRawPath();
    }

    /** {@code GET /api/keys}. */
    public void list(Context ctx) {
        Query query = Query.of(ctx, "limit", "cursor", "q", "enabled");
        String cursor = query.text("cursor");
        AccessKeyPage page = keys.page(
                Caller.actorOf(ctx),
                new AccessKeyQuery(
                        query.limit(AccessKeyQuery.DEFAULT_LIMIT),
                        cursor == null ? null : AccessKeyCursor.decode(cursor),
                        query.text("q"),
                        query.flag("enabled")));
        AccessKeyCursor next = page.next();
        ApiAnswer.page(ctx, page.keys(), AccessKeyJson::of, next == null ? null : next.encoded());
    }

    /** {@code POST /api/keys}. */
    public void create(Context ctx) {
        AccessKeySettings settings = AccessKeySettingsJson.create(JsonBody.read(ctx));
        NewAccessKey created = keys.create(Caller.actorOf(ctx), settings, false);
        ctx.header("Location", basePath + "/api/keys/" + created.key().id());
        answer(ctx, 201, created);
    }

    /** {@code GET /api/keys/{id}}. */
    public void show(Context ctx) {
        answer(ctx, keys.get(Caller.actorOf(ctx), ctx.pathParam("id")));
    }

    /** {@code PATCH /api/keys/{id}}: a merge patch (RFC 7396). */
    public void edit(Context ctx) {
        ObjectNode patch = JsonBody.readPatch(ctx);
        AccessKey changed = IfMatch.apply(
                ctx,
                revision -> keys.edit(
                        Caller.actorOf(ctx),
                        ctx.pathParam("id"),
                        settings -> AccessKeySettingsJson.merge(settings, patch),
                        revision));
        answer(ctx, changed);
    }

    /** {@code DELETE /api/keys/{id}}. */
    public void delete(Context ctx) {
        IfMatch.apply(ctx, revision -> keys.delete(Caller.actorOf(ctx), ctx.pathParam("id"), revision));
        ApiAnswer.none(ctx);
    }

    /** {@code POST /api/keys/{id}/rotate}. */
    public void rotate(Context ctx) {
        Fields fields = new Fields(JsonBody.readOptional(ctx));
        Duration grace = fields.optionalText("grace")
                .map(text -> Durations.parse("grace", text))
                .orElse(AccessKeys.DEFAULT_GRACE);
        fields.check();
        NewAccessKey rotated =
                IfMatch.apply(ctx, revision -> keys.rotate(Caller.actorOf(ctx), ctx.pathParam("id"), grace, revision));
        answer(ctx, 200, rotated);
    }

    private static void answer(Context ctx, AccessKey key) {
        ctx.header("ETag", IfMatch.tag(key.revision()));
        ApiAnswer.object(ctx, 200, AccessKeyJson.of(key));
    }

    private static void answer(Context ctx, int status, NewAccessKey key) {
        ctx.header("ETag", IfMatch.tag(key.key().revision()));
        ApiAnswer.object(ctx, status, AccessKeyJson.of(key));
    }
}
