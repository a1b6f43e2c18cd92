package dev.latchkey.user;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;

/**
 * The stored users. Thread-safe. Every method fails with {@link ErrorKind#UNAVAILABLE} when the store cannot be read or
 * written.
 */
public interface UserStore {
    /** Whether there is nobody yet. */
    boolean isEmpty();

    /**
     * Adds the user unless there is one already, whom another process may have added a moment ago.
     *
     * @return whether they were added
     */
    boolean insertFirst(User user, AuditEvent event);
}
