package dev.latchkey.user;

import dev.latchkey.digest.Sha256;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.permission.Actor;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Signing in and staying signed in. Thread-safe. */
public final class Sessions {
    private static final int TOKEN_BYTES = 32;

    /** Passwords take time and memory to check, on purpose: more at once would starve everything else. */
    static final int SIGN_INS_AT_ONCE = 8;

    /** Stands for every text that no user can have as a name, however long. */
    private static final String NO_NAME = "";

    /** The last request is written down at most this often: reading is much cheaper than writing. */
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    private final UserStore users;
    private final SessionStore sessions;
    private final PasswordHasher hasher;
    private final SignInThrottle throttle;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore turns = new Semaphore(SIGN_INS_AT_ONCE);
    private String nobody = "";

    public Sessions(UserStore users, SessionStore sessions, PasswordHasher hasher, Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.hasher = hasher;
        this.throttle = new SignInThrottle(clock);
        this.clock = clock;
    }

    /**
     * A session that just began.
     *
     * @param token for the cookie; never printed
     * @param actor who signed in
     * @param expiresAt the first moment at which it is over, if nothing is done
     */
    public record Started(String token, Actor actor, Instant expiresAt) {
        @Override
        public String toString() {
            return "Started[" + actor.label() + "]";
        }
    }

    /**
     * A session that goes on.
     *
     * @param actor who signed in, in the role they have now
     * @param expiresAt the first moment at which it is over, if nothing more is done
     */
    public record Present(Actor actor, Instant expiresAt) {}

    /**
     * Signs somebody in. An unknown name costs as much as a wrong password and gets the same answer.
     *
     * @param from the network address
     * @throws LatchkeyException of kind UNAUTHENTICATED or TOO_MANY_REQUESTS
     */
    public Started signIn(String username, String password, String from) {
        String name = Users.isName(username) ? username : NO_NAME;
        SignInThrottle.Attempt attempt = throttle.attempt(name, from);
        Optional<Started> started;
        try {
            started = tryToSignIn(name, password, from);
        } catch (RuntimeException e) {
            attempt.forget();
            throw e;
        }
        if (started.isEmpty()) {
            throw LatchkeyException.of(ErrorKind.UNAUTHENTICATED, "The name or the password is wrong.");
        }
        attempt.succeeded();
        return started.get();
    }

    private Optional<Started> tryToSignIn(String name, String password, String from) {
        // Made in any case: the first unknown name must not take longer than the first known one.
        String nobodys = hashOfNobody();
        Optional<User> user = name.equals(NO_NAME) ? Optional.empty() : users.find(name);
        boolean right = Passwords.isShortEnough(password)
                && matches(password, user.map(User::passwordHash).orElse(nobodys));
        return right && user.isPresent() ? start(user.get(), from) : Optional.empty();
    }

    private boolean matches(String password, String hash) {
        if (!turns.tryAcquire()) {
            throw LatchkeyException.tooManyRequests(
                    "Too many people are signing in at this moment; try again.", Duration.ofSeconds(1));
        }
        try {
            return hasher.matches(password, hash);
        } finally {
            turns.release();
        }
    }

    /**
     * Who a cookie's token belongs to, in the role they have now.
     *
     * @throws LatchkeyException of kind UNAUTHENTICATED when the session is over
     */
    public Present authenticate(String token, String from) {
        return find(token, from)
                .orElseThrow(() -> LatchkeyException.of(ErrorKind.UNAUTHENTICATED, "Sign in: the session is over."));
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
        Session session = new Session(hashOf(token), user.name(), now, now);
        boolean begun = sessions.insert(session, user.passwordHash());
        return begun ? Optional.of(new Started(token, actor(user, from), session.expiresAt())) : Optional.empty();
    }

    private static Actor actor(User user, String from) {
        return new Actor(Actor.Kind.USER, user.name(), user.role(), from);
    }

    /** The hash of a password that nobody has, made once, when it is first needed. */
    private synchronized String hashOfNobody() {
        if (nobody.isEmpty()) {
            nobody = hasher.hash(Passwords.random());
        }
        return nobody;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
