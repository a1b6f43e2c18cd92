package dev.latchkey.user;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The stored sessions, so that a restart keeps people signed in and every replica knows them. Thread-safe. Every method
 * fails with {@link ErrorKind#UNAVAILABLE} when the store cannot be read or written.
 */
public interface SessionStore {
    /**
     * Adds a session of a user whose password still has this hash; answers whether it was added. Decides and writes in one
     * step, so that a change of password ends the sessions that are begun at the same moment too.
     */
    boolean insert(Session session, String passwordHash, AuditEvent event);

    /** The session and its user as they are now, in one round trip; empty when either is gone. */
    Optional<SignedIn> find(String tokenHash);

    /** Moves the time of the last request forward. */
    void touch(String tokenHash, Instant lastSeenAt);

    void delete(String tokenHash);

    /** A user's sessions but one, those that were last used first. */
    List<Session> others(String username, String keptTokenHash, int most);

    /** Ends a user's sessions but one, and tells of it where there was one to end. */
    void deleteOthers(String username, String keptTokenHash, AuditEvent event);

    /** Drops what was created before {@code createdBefore} or last seen before {@code seenBefore}. */
    void prune(Instant createdBefore, Instant seenBefore);

    /** A session with the user it belongs to. */
    record SignedIn(Session session, User user) {}
}
