package dev.latchkey.accesskey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.util.List;
import java.util.Optional;

/**
 * The stored access keys. Thread-safe. Every method fails with {@link ErrorKind#UNAVAILABLE} when the store cannot be
 * read or written.
 */
public interface AccessKeyStore {
    /** The key with this id, with its secrets. One round trip: it is on the path of every token. */
    Optional<AccessKey> find(String id);

    /** All keys, newest first. */
    List<AccessKey> all();

    /**
     * Adds a key, and the scopes that the catalogue does not have yet, in one transaction.
     *
     * @param unlistedScopes scopes to add to the catalogue first; those that are there already stay as they are
     * @throws LatchkeyException of kind {@link ErrorKind#CONFLICT} when the id is taken, or {@link ErrorKind#INVALID}
     *     when a scope is not in the catalogue
     */
    void insert(AccessKey key, List<Scope> unlistedScopes, List<AuditEvent> events);
}
