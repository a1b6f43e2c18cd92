package dev.latchkey.scope;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The stored catalogue of scopes. Thread-safe. Every method fails with {@link ErrorKind#UNAVAILABLE} when the store
 * cannot be read or written.
 */
public interface ScopeStore {
    /** All scopes, by name. For catalogues that are known to be small; {@link #after} is for any. */
    List<Scope> all();

    /** So many scopes at most, by name, of those after {@code name}; empty = from the start. */
    List<Scope> after(String name, int most);

    /** Those of the names that the catalogue has. */
    Set<String> listed(Collection<String> names);

    /** Adds scopes, all or none; fails with {@link ErrorKind#CONFLICT} when one of them is there already. */
    void insert(List<Scope> scopes, List<AuditEvent> events);

    /** Takes a scope out; fails with {@link ErrorKind#NOT_FOUND}, or with {@link ErrorKind#CONFLICT} while a key has it. */
    void delete(String name, AuditEvent event);
}
