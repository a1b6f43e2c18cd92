package dev.latchkey.audit;

import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Permission;
import java.time.Clock;
import java.time.Duration;

/** What people do with the audit log: read it. It is append-only; age alone removes an event. Thread-safe. */
public final class AuditTrail {
    /** How long events are kept where nothing else is said. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(400);

    private final AuditStore store;
    private final Clock clock;

    public AuditTrail(AuditStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A page of events, newest first. */
    public AuditPage page(Actor actor, AuditQuery query) {
        actor.require(Permission.VIEW_AUDIT);
        return store.page(query);
    }

    /** Drops events that are older than {@code retention}; an event of exactly that age stays. */
    public long prune(Duration retention) {
        return store.prune(clock.instant().minus(retention));
    }
}
