package dev.latchkey.audit;

import dev.latchkey.error.ErrorKind;
import java.time.Instant;

/**
 * The stored audit events. Most are written with the changes they tell of, by the stores of those; here they are read,
 * and dropped when they are old, and what changed nothing is told. Thread-safe. Every method fails with {@link ErrorKind#UNAVAILABLE} when the store cannot
 * be read or written.
 */
public interface AuditStore {
    /** A page of events, newest first. */
    AuditPage page(AuditQuery query);

    /** Adds an event that changed nothing else. */
    void append(AuditEvent event);

    /** Drops events before a moment; answers how many there were. */
    long prune(Instant before);
}
