package dev.latchkey.user;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sees to it that a new store has an Owner. */
public final class FirstOwner {
    /** The name of the first Owner. */
    public static final String NAME = "owner";

    private final UserStore store;
    private final PasswordHasher hasher;
    private final @Nullable String chosenPassword;
    private final Clock clock;

    private FirstOwner(UserStore store, PasswordHasher hasher, @Nullable String chosenPassword, Clock clock) {
        this.store = store;
        this.hasher = hasher;
        this.chosenPassword = chosenPassword;
        this.clock = clock;
    }

    /** Looks whether the store needs one, with this password; null = a random one. One that breaks the rules fails here. */
    public static Optional<FirstOwner> missing(
            UserStore store, PasswordHasher hasher, @Nullable String chosenPassword, Clock clock) {
        if (!store.isEmpty()) {
            return Optional.empty();
        }
        if (chosenPassword != null) {
            Passwords.check("LATCHKEY_OWNER_PASSWORD", chosenPassword);
        }
        return Optional.of(new FirstOwner(store, hasher, chosenPassword, clock));
    }

    /**
     * Creates the Owner named {@code owner}, which takes a while: a password is hashed. Another process may be faster.
     * Answers the random password, to be shown once; empty when it was chosen, or there is a user by now.
     */
    public Optional<String> create() {
        String password = chosenPassword == null ? Passwords.random() : chosenPassword;
        String hash = hasher.hash(Passwords.normalized(password));
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        User owner = new User(NAME, Role.OWNER, hash, now);
        AuditEvent event = new AuditEvent(now, Actor.system(), "user.add", NAME, null, Users.publicFields(owner));
        boolean added = store.insertFirst(owner, event);
        return added && chosenPassword == null ? Optional.of(password) : Optional.empty();
    }
}
