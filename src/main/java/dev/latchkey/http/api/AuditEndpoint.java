package dev.latchkey.http.api;

import dev.latchkey.audit.AuditJson;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.audit.AuditTrail;
import dev.latchkey.error.ServiceException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/audit}: who changed what, newest first. Thread-safe. */
public final class AuditEndpoint implements Handler {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final AuditTrail audit;

    public AuditEndpoint(AuditTrail audit) {
        this.audit = audit;
    }

    @Override
    public void handle(Context ctx) {
        Query query = Query.of(ctx, "limit", "cursor", "subject", "action");
        AuditPage page = audit.page(
                Caller.actorOf(ctx),
                new AuditQuery(
                        query.limit(AuditQuery.DEFAULT_LIMIT),
                        number(query.text("cursor")),
                        query.text("subject"),
                        query.text("action")));
        Long next = page.next();
        ApiAnswer.page(ctx, page.entries(), AuditJson::of, next == null ? null : Long.toString(next));
    }

    private static @Nullable Long number(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        if (!NUMBER.matcher(cursor).matches()) {
            throw ServiceException.invalid("cursor", "must be the next_cursor of an earlier page");
        }
        return Long.valueOf(cursor);
    }
}
