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

    /** Stands for every text that no user can have as a name, however long. */
    private static final String NO_NAME = "";

    /** The last request is written down at most this often: reading is much cheaper than writing. */
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    private final UserStore users;
    private final SessionStore sessions;
    private final AuditStore audit;
    private final PasswordHasher hasher;
    private final SignInThrottle throttle;
    private final FailedSignIns failures = new FailedSignIns();
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private String dummy = "";

    public Sessions(UserStore users, SessionStore sessions, AuditStore audit, PasswordHasher hasher, Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.audit = audit;
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
     * Signs a person in. An unknown name costs as much as a wrong password and gets the same answer. What becomes of it
     * is in the audit log; of many failures a part is.
     *
     * @param username as typed: white space around it, and capitals or small letters, do not count
     * @param from the network address
     * @throws ServiceException of kind UNAUTHENTICATED or TOO_MANY_REQUESTS, whose cause says for the log who and why
     */
    public Started signIn(String username, String password, String from) {
        String typed = UserNames.normalized(username);
        String name = UserNames.isName(typed) ? typed : NO_NAME;
        List<String> forms = Passwords.forms(password);
        SignInThrottle.Attempt attempt;
        try {
            attempt = forms.isEmpty()
                    ? throttle.attemptWithoutName(from)
                    : throttle.attempt(UserNames.folded(name), from);
        } catch (ServiceException e) {
            throw e.because(new SignInFailure(name, from, "too many failures"));
        }
        Optional<Started> started;
        try {
            started = tryToSignIn(name, forms, from);
        } catch (RuntimeException e) {
            attempt.forget();
            throw e;
        }
        if (started.isPresent()) {
            attempt.succeeded();
            return started.get();
        }
        failures.event(name.equals(NO_NAME) ? "(no user name)" : name, from, now())
                .ifPresent(audit::append);
        throw ServiceException.of(
                ErrorKind.UNAUTHENTICATED,
                "The name or the password is wrong.",
                new SignInFailure(name, from, "the name or the password is wrong"));
    }

    private Optional<Started> tryToSignIn(String name, List<String> forms, String from) {
        if (Passwords.isTooShort(forms)) {
            return Optional.empty();
        }
        // Made in any case: the first unknown name must not take longer than the first known one.
        String dummy = dummyHash();
        Optional<User> user = name.equals(NO_NAME) ? Optional.empty() : users.find(name);
        String hash = user.map(User::passwordHash).orElse(dummy);
        boolean right = forms.stream().anyMatch(form -> hasher.matches(form, hash));
        return right && user.isPresent() ? start(user.get(), from) : Optional.empty();
    }

    /**
     * Who a cookie's token belongs to, in the role they have now.
     *
     * @throws ServiceException of kind UNAUTHENTICATED when the session is over
     */
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
        Actor actor = actor(user, from);
        AuditEvent event = new AuditEvent(now, actor, "session.create", user.name(), null, null);
        boolean begun = sessions.insert(session, user.passwordHash(), event);
        return begun ? Optional.of(new Started(token, actor, session.expiresAt())) : Optional.empty();
    }

    private static Actor actor(User user, String from) {
        return new Actor(Actor.Kind.USER, user.name(), user.role(), from);
    }

    /** The hash of a password that is not in use, made once, when it is first needed. */
    private synchronized String dummyHash() {
        if (dummy.isEmpty()) {
            dummy = hasher.hash(Passwords.random());
        }
        return dummy;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
