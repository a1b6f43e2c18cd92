package dev.latchkey.user;

import java.time.Duration;
import java.time.Instant;

/**
 * The fact that a user signed in.
 *
 * @param tokenHash the SHA-256 of the cookie's token, as base64url; the token itself is nowhere but in the browser
 * @param username who
 * @param createdAt cut to seconds
 * @param lastSeenAt the last request, may lag by a minute
 * @param address the network address that the user signed in from; empty where an older version began it
 */
public record Session(String tokenHash, String username, Instant createdAt, Instant lastSeenAt, String address) {
    /** A session ends so long after signing in, whatever happens. */
    public static final Duration ABSOLUTE_LIFETIME = Duration.ofHours(12);

    /** A session ends so long after its last request. */
    public static final Duration IDLE_LIFETIME = Duration.ofHours(1);

    /** The end itself is too late: a session of 12:00:00 is over at 24:00:00 and not at 23:59:59. */
    public boolean isLive(Instant now) {
        return now.isBefore(expiresAt());
    }

    /** The first moment at which it is over, if no other request comes. */
    public Instant expiresAt() {
        Instant end = createdAt.plus(ABSOLUTE_LIFETIME);
        Instant idleEnd = lastSeenAt.plus(IDLE_LIFETIME);
        return idleEnd.isBefore(end) ? idleEnd : end;
    }

    /** The same session after a request. */
    Session seen(Instant now) {
        return new Session(tokenHash, username, createdAt, now, address);
    }

    @Override
    public String toString() {
        return "Session[" + username + "]";
    }
}
