package dev.latchkey.http.api;

import dev.latchkey.audit.AuditJson;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.audit.AuditTrail;
import dev.latchkey.config.Durations;
import dev.latchkey.error.ServiceException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/audit}: who changed what, newest first. Thread-safe. */
public final class AuditEndpoint implements Handler {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private final AuditTrail audit;
    private final Clock clock;

    /** @param clock says what now is, for durations */
    public AuditEndpoint(AuditTrail audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void handle(Context ctx) {
        Query query = Query.of(ctx, "limit", "cursor", "subject", "key", "actor", "action", "since");
        String since = query.text("since");
        AuditPage page = audit.page(
                Caller.actorOf(ctx),
                new AuditQuery(
                        query.limit(AuditQuery.DEFAULT_LIMIT),
                        number(query.text("cursor")),
                        new AuditQuery.Filter(
                                query.text("subject"),
                                query.text("key"),
                                query.text("actor"),
                                query.text("action"),
                                since == null ? null : Durations.since("since", since, clock.instant()))));
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
