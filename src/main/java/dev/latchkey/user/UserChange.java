package dev.latchkey.user;

import dev.latchkey.audit.AuditEvent;
import java.util.List;
import java.util.Optional;

/** What becomes of a stored user; decided while no other writer can change them. */
@FunctionalInterface
public interface UserChange {
    /** Decides by the user as they are stored now; what it throws leaves them so. Must return soon. */
    Outcome of(User stored);

    /**
     * What is written, in one transaction.
     *
     * @param user of the same name
     * @param keptSession the token hash of the session that goes on when the password changes; empty = none
     */
    record Outcome(User user, Optional<String> keptSession, List<AuditEvent> events) {}
}
