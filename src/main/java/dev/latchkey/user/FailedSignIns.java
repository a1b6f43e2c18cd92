package dev.latchkey.user;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.json.ObjectBytes;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which failed sign-ins become audit events. Any client can fail to sign in, so that only some of many are written: {@value
 * #BURST} at first, then one a minute, each of which says how many were not. At worst that is 1,440 events a day, about
 * 400 KB. The log names them all. Thread-safe.
 */
final class FailedSignIns {
    static final int BURST = 100;
    private static final Duration PER_EVENT = Duration.ofMinutes(1);

    /** The moment at which all {@link #BURST} events may be written again. */
    private Instant full = Instant.MIN;

    private long unwritten;

    /**
     * The event to write about a name that was tried from a network address; empty when there were too many lately. It is
     * Latchkey's own deed: who failed is not known.
     */
    synchronized Optional<AuditEvent> event(String name, String from, Instant now) {
        Instant start = full.isBefore(now) ? now : full;
        if (start.isAfter(now.plus(PER_EVENT.multipliedBy(BURST - 1L)))) {
            unwritten++;
            return Optional.empty();
        }
        full = start.plus(PER_EVENT);
        long before = unwritten;
        unwritten = 0;
        ObjectBytes after = new ObjectBytes(128).field("username", name);
        if (before > 0) {
            after.field("unrecorded_failures_before", before);
        }
        Actor latchkey = new Actor(Actor.Kind.SYSTEM, "latchkey", Role.OWNER, from);
        return Optional.of(new AuditEvent(now, latchkey, "session.refuse", name, null, after.endText()));
    }
}
