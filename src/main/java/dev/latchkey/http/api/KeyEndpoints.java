package dev.latchkey.http.api;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.latchkey.accesskey.advice.KeyAdviceJson;
import dev.latchkey.accesskey.advice.KeyAdvisor;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Fields;
import dev.latchkey.issuer.TrustedIssuers;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code /api/keys} and below. Thread-safe. */
public final class KeyEndpoints {
    private final AccessKeys keys;
    private final KeyAdvisor advisor;
    private final TrustedIssuers issuers;
    private final String basePath;

    /** The keys of a service whose URLs begin with this issuer. */
    public KeyEndpoints(AccessKeys keys, KeyAdvisor advisor, TrustedIssuers issuers, String issuer) {
        this.keys = keys;
        this.advisor = advisor;
        this.issuers = issuers;
        this.basePath = URI.create(issuer).getRawPath();
    }

    /** {@code GET /api/keys}. The first page says how many there are on all pages. */
    public void list(Context ctx) {
        Query query = Query.of(ctx, "limit", "cursor", "q", "enabled", "expiring", "unused", "old_secret", "sort");
        String encoded = query.text("cursor", AccessKeyCursor.MAX_LENGTH);
        AccessKeyCursor cursor = encoded == null ? null : AccessKeyCursor.decode(encoded);
        AccessKeyQuery.Filter filter = new AccessKeyQuery.Filter(
                query.text("q"),
                query.flag("enabled"),
                query.duration("expiring"),
                query.duration("unused"),
                query.flag("old_secret"));
        int limit = query.limit(AccessKeyQuery.DEFAULT_LIMIT);
        AccessKeyPage page = keys.page(
                Caller.actorOf(ctx), new AccessKeyQuery(limit, cursor, filter, order(query.text("sort"), cursor)));
        Long total = cursor == null ? keys.count(Caller.actorOf(ctx), filter) : null;
        AccessKeyCursor next = page.next();
        ApiAnswer.page(ctx, page.keys(), AccessKeyJson::of, next == null ? null : next.encoded(), total);
    }

    /** A cursor knows the order of its list. */
    private static AccessKeyQuery.Order order(@Nullable String sort, @Nullable AccessKeyCursor cursor) {
        if (sort != null) {
            return AccessKeyQuery.Order.parse(sort);
        }
        return cursor == null ? AccessKeyQuery.Order.NEWEST_FIRST : cursor.order();
    }

    /** {@code POST /api/keys}. */
    public void create(Context ctx) {
        ObjectNode fields = JsonBody.read(ctx);
        boolean withSecret = wantsSecret(fields);
        AccessKeySettings settings = AccessKeySettingsJson.create(fields);
        if (withSecret) {
            NewAccessKey created = keys.create(Caller.actorOf(ctx), settings, false);
            locate(ctx, created.key());
            answer(ctx, 201, created);
        } else {
            AccessKey created = keys.createWithoutSecret(Caller.actorOf(ctx), settings, false);
            locate(ctx, created);
            answer(ctx, 201, created);
        }
    }

    /** False makes a key without one; no caller chooses a secret. */
    private static boolean wantsSecret(ObjectNode fields) {
        JsonNode secret = fields.remove("secret");
        if (secret != null && !secret.isBoolean()) {
            throw ServiceException.invalid("secret", "must be true, or false for a key without one");
        }
        return secret == null || secret.booleanValue();
    }

    private void locate(Context ctx, AccessKey key) {
        ctx.header("Location", basePath + "/api/keys/" + key.id());
    }

    /** {@code GET /api/keys/{id}/federated}. */
    public void federated(Context ctx) {
        AccessKey key = keys.get(Caller.actorOf(ctx), ctx.pathParam("id"));
        ApiAnswer.page(ctx, issuers.uses(Caller.actorOf(ctx), key.id()), use -> use, null);
    }

    /** {@code GET /api/keys/{id}}. */
    public void show(Context ctx) {
        answer(ctx, 200, keys.get(Caller.actorOf(ctx), ctx.pathParam("id")));
    }

    /** {@code GET /api/keys/{id}/advice}. */
    public void advice(Context ctx) {
        AccessKey key = keys.get(Caller.actorOf(ctx), ctx.pathParam("id"));
        ApiAnswer.object(ctx, 200, KeyAdviceJson.of(advisor.advise(Caller.actorOf(ctx), key)));
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
        answer(ctx, 200, changed);
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

    private static void answer(Context ctx, int status, AccessKey key) {
        ctx.header("ETag", IfMatch.tag(key.revision()));
        ApiAnswer.object(ctx, status, AccessKeyJson.of(key));
    }

    private static void answer(Context ctx, int status, NewAccessKey key) {
        ctx.header("ETag", IfMatch.tag(key.key().revision()));
        ApiAnswer.object(ctx, status, AccessKeyJson.of(key));
    }
}
