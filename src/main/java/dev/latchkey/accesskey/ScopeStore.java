package dev.latchkey.accesskey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.util.List;

/**
 * The stored catalogue of scopes. Thread-safe. Every method fails with {@link ErrorKind#UNAVAILABLE} when the store
 * cannot be read or written.
 */
public interface ScopeStore {
    /** All scopes, by name. */
    List<Scope> all();

    /**
     * Adds scopes, all or none.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#CONFLICT} when one of them is there already
     */
    void insert(List<Scope> scopes, List<AuditEvent> events);

    /**
     * Takes a scope out.
     *
     * @throws LatchkeyException of kind {@link ErrorKind#NOT_FOUND}, or {@link ErrorKind#CONFLICT} while a key has it
     */
    void delete(String name, AuditEvent event);
}
