package dev.latchkey.user;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.audit.AuditStore;
import dev.latchkey.digest.Sha256;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Actor;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Signing in and staying signed in. Thread-safe. */
public final class Sessions {
    private static final int TOKEN_BYTES = 32;

    /** More sessions of one user are not listed; a program that signs in again and again may have them. */
    static final int MOST_TOLD = 100;

    /** The last request is written down at most this often: reading is much cheaper than writing. */
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    private final UserStore users;
    private final SessionStore sessions;
    private final PasswordHasher hasher;
    private final PasswordCheck passwords;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Sessions(UserStore users, SessionStore sessions, AuditStore audit, PasswordHasher hasher, Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.hasher = hasher;
        this.passwords = new PasswordCheck(users, audit, hasher, clock);
        this.clock = clock;
    }

    /** A session that just began: the cookie's token, who signed in, and when it is over if nothing is done. */
    public record Started(String token, Actor actor, Instant expiresAt) {
        @Override
        public String toString() {
            return "Started[" + actor.label() + "]";
        }
    }

    /** A session that goes on: who signed in, in the role they have now, and when it is over if nothing more is done. */
    public record Present(Actor actor, Instant expiresAt) {}

    /**
     * Signs a person in. An unknown name costs as much as a wrong password and gets the same answer. What becomes of it
     * is in the audit log; of many failures a part is.
     *
     * @param username as typed
     * @param from the network address
     * @throws ServiceException of kind UNAUTHENTICATED or TOO_MANY_REQUESTS, whose cause says for the log who and why
     */
    public Started signIn(String username, String password, String from) {
        return passwords.require(
                username,
                password,
                from,
                user -> start(user, from),
                ServiceException.of(ErrorKind.UNAUTHENTICATED, "The name or the password is wrong."),
                "the name or the password is wrong");
    }

    /** Who a cookie's token belongs to; fails with UNAUTHENTICATED when the session is over. */
    public Present authenticate(String token, String from) {
        return find(token, from)
                .orElseThrow(() -> ServiceException.of(ErrorKind.UNAUTHENTICATED, "Sign in: the session is over."));
    }

    /** As {@link #authenticate}; empty when the session is over. */
    public Optional<Present> find(String token, String from) {
        Instant now = now();
        return sessions.find(hashOf(token))
                .filter(found -> found.session().isLive(now))
                .map(found -> present(found, from, now));
    }

    private Present present(SessionStore.SignedIn signedIn, String from, Instant now) {
        Session session = signedIn.session();
        if (!now.isBefore(session.lastSeenAt().plus(TOUCH_EVERY))) {
            sessions.touch(session.tokenHash(), now);
            session = session.seen(now);
        }
        return new Present(actor(signedIn.user(), from), session.expiresAt());
    }

    /** Ends a session; one that is over already is fine. */
    public void signOut(String token) {
        sessions.delete(hashOf(token));
    }

    /** A user's own sessions beside this one, those that were last used first; of very many, {@value #MOST_TOLD}. */
    public List<Session> others(Actor user, String token) {
        Instant now = now();
        return sessions.others(user.name(), hashOf(token), MOST_TOLD).stream()
                .filter(session -> session.isLive(now))
                .toList();
    }

    /** Ends a user's own sessions beside this one. */
    public void endOthers(Actor user, String token) {
        AuditEvent event = new AuditEvent(now(), user, "session.end", user.name(), null, null);
        sessions.deleteOthers(user.name(), hashOf(token), event);
    }

    /**
     * Gives a user another password of their own, which ends their other sessions. A wrong current one counts as a failed
     * sign-in.
     *
     * @param token of the session that goes on
     * @throws ServiceException of kind INVALID or TOO_MANY_REQUESTS
     */
    public void changePassword(Actor user, String token, String current, String password) {
        Passwords.check("password", password);
        passwords.require(
                user.name(),
                current,
                user.from(),
                known -> replacePassword(user, known, token, hasher.hash(Passwords.normalized(password))),
                ServiceException.invalid("current", "is not your password"),
                "the current password is wrong, in a change of it");
    }

    /** Empty when the password has changed or the user has gone since it was compared. */
    private Optional<User> replacePassword(Actor actor, User known, String token, String hash) {
        return users.update(known.name(), stored -> {
                    if (!stored.passwordHash().equals(known.passwordHash())) {
                        return new UserStore.Change(stored, Optional.empty(), List.of());
                    }
                    User changed = new User(stored.name(), stored.role(), hash, stored.createdAt());
                    String fields = Users.publicFields(changed);
                    AuditEvent event = new AuditEvent(now(), actor, "user.password", stored.name(), fields, fields);
                    return new UserStore.Change(changed, Optional.of(hashOf(token)), List.of(event));
                })
                .filter(changed -> changed.passwordHash().equals(hash));
    }

    /** Drops sessions that are over. */
    public void prune() {
        Instant now = now();
        sessions.prune(now.minus(Session.ABSOLUTE_LIFETIME), now.minus(Session.IDLE_LIFETIME));
    }

    /** What the store knows a token by. */
    public static String hashOf(String token) {
        return Sha256.base64urlOf(token.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when the password has changed or the user has gone since it was compared. */
    private Optional<Started> start(User user, String from) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = now();
        Session session = new Session(hashOf(token), user.name(), now, now, from);
        Actor actor = actor(user, from);
        AuditEvent event = new AuditEvent(now, actor, "session.create", user.name(), null, null);
        boolean begun = sessions.insert(session, user.passwordHash(), event);
        return begun ? Optional.of(new Started(token, actor, session.expiresAt())) : Optional.empty();
    }

    private static Actor actor(User user, String from) {
        return new Actor(Actor.Kind.USER, user.name(), user.role(), from);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
