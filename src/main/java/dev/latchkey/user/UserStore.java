package dev.latchkey.user;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The stored users. Thread-safe. Every method fails with {@link ErrorKind#UNAVAILABLE} when the store cannot be read or
 * written. Each writing method is one transaction, its audit event included.
 */
public interface UserStore {
    /** Whether there is no user yet. */
    boolean isEmpty();

    /** All users, by name. For stores that are known to be small; {@link #after} is for any. */
    List<User> all();

    /** So many users at most, by name, of those after {@code name}; empty = from the start. */
    List<User> after(String name, int most);

    /** The user of exactly this name, else the only one whose name differs in capitals and small letters alone. */
    Optional<User> find(String name);

    /** Adds the user unless there is one already, whom another process may have added; answers whether they were added. */
    boolean insertFirst(User user, AuditEvent event);

    /** Adds a user; fails with {@link ErrorKind#CONFLICT} when the name is taken, in capitals or small letters. */
    void insert(User user, AuditEvent event);

    /**
     * Changes a user's role, password or both. Reads, decides and writes in one transaction, so that two Owners who demote
     * each other leave one. A new password ends every session of that user but one.
     *
     * @param name exactly as stored
     * @param change decides by the user as they are stored now; what it throws leaves them so. Must return soon
     * @return the user afterwards; empty = there is none
     * @throws ServiceException of kind {@link ErrorKind#CONFLICT} when they are the last Owner and would not be any more
     */
    Optional<User> update(String name, Function<User, Change> change);

    /**
     * Removes a user and every session of theirs, in one step; answers whether they were there. Fails with {@link
     * ErrorKind#CONFLICT} when they are the last Owner.
     */
    boolean delete(String name, AuditEvent event);

    /**
     * What becomes of a stored user, in one transaction.
     *
     * @param user of the same name
     * @param keptSession the token hash of the session that goes on when the password changes; empty = none
     */
    record Change(User user, Optional<String> keptSession, List<AuditEvent> events) {}
}
