package dev.latchkey.user;

import dev.latchkey.audit.AuditStore;
import dev.latchkey.error.ServiceException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares what is typed with the passwords of users. An unknown name costs as much as a wrong password, and both count as
 * failures, of which the audit log holds a part. Thread-safe.
 */
final class PasswordCheck {
    /** Stands for every text that no user can have as a name, however long. */
    private static final String NO_NAME = "";

    private final UserStore users;
    private final AuditStore audit;
    private final PasswordHasher hasher;
    private final Clock clock;
    private final SignInThrottle throttle;
    private final FailedSignIns failures = new FailedSignIns();
    private String dummy = "";

    PasswordCheck(UserStore users, AuditStore audit, PasswordHasher hasher, Clock clock) {
        this.users = users;
        this.audit = audit;
        this.hasher = hasher;
        this.clock = clock;
        this.throttle = new SignInThrottle(clock);
    }

    /**
     * Does what the right password lets a user do.
     *
     * @param deed what is done; empty when it cannot be, which counts as a wrong password
     * @param refusal what is wrong, for the caller; the cause that is added says for the log who and why
     * @throws ServiceException the refusal, or one of kind TOO_MANY_REQUESTS
     */
    <T> T require(
            String username,
            String password,
            String from,
            Function<User, Optional<T>> deed,
            ServiceException refusal,
            String why) {
        String typed = Users.normalized(username);
        String name = Users.isName(typed) ? typed : NO_NAME;
        List<String> forms = Passwords.forms(password);
        SignInThrottle.Attempt attempt;
        try {
            attempt = forms.isEmpty()
                    ? throttle.attemptWithoutName(from)
                    : throttle.attempt(name.toLowerCase(Locale.ROOT), from);
        } catch (ServiceException e) {
            throw e.because(new SignInFailure(shown(name), from, "too many failures"));
        }
        Optional<T> done;
        try {
            done = compare(name, forms).flatMap(deed);
        } catch (RuntimeException e) {
            attempt.forget();
            throw e;
        }
        if (done.isPresent()) {
            attempt.succeeded();
            return done.get();
        }
        String shown = shown(name);
        failures.event(shown, from, clock.instant().truncatedTo(ChronoUnit.SECONDS))
                .ifPresent(audit::append);
        throw refusal.because(new SignInFailure(shown, from, why));
    }

    /** A name for the log and the audit. One that no user has, and that is long enough for it, may be a password. */
    private String shown(String name) {
        if (name.equals(NO_NAME)) {
            return "(no user name)";
        }
        return name.length() < Passwords.MIN_LENGTH || users.find(name).isPresent()
                ? name
                : "(no user's name, " + name.length() + " characters)";
    }

    /** The user whose password it is. */
    private Optional<User> compare(String name, List<String> forms) {
        if (Passwords.isTooShort(forms)) {
            return Optional.empty();
        }
        // Made in any case: the first unknown name must not take longer than the first known one.
        String dummy = dummyHash();
        Optional<User> user = name.equals(NO_NAME) ? Optional.empty() : users.find(name);
        String hash = user.map(User::passwordHash).orElse(dummy);
        boolean right = forms.stream().anyMatch(form -> hasher.matches(form, hash));
        return user.filter(found -> right);
    }

    /** The hash of a password that is not in use, made once, when it is first needed. */
    private synchronized String dummyHash() {
        if (dummy.isEmpty()) {
            dummy = hasher.hash(Passwords.random());
        }
        return dummy;
    }
}
