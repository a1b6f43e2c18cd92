package dev.latchkey.audit;

/**
 * Is told of each change when it is in the store. Thread-safe; called by the thread that made the change, which waits for
 * it, and must not throw.
 */
@FunctionalInterface
public interface AuditListener {
    /** The default, which does nothing. */
    AuditListener NONE = event -> {};

    void recorded(AuditEvent event);
}
