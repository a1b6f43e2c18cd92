package dev.latchkey.user;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sees to it that a new store has somebody who may do everything. */
public final class FirstOwner {
    /** The name of the first Owner. */
    public static final String NAME = "owner";

    private FirstOwner() {}

    /**
     * Creates the Owner named {@code owner} where the store has no user.
     *
     * @param chosenPassword the password to give them; null = a random one
     * @return the random password, to be shown once; empty when there was a user already or the password was chosen
     */
    public static Optional<String> ensure(
            UserStore store, PasswordHasher hasher, @Nullable String chosenPassword, Clock clock) {
        if (!store.isEmpty()) {
            return Optional.empty();
        }
        if (chosenPassword != null) {
            Passwords.check("LATCHKEY_OWNER_PASSWORD", chosenPassword);
        }
        String password = chosenPassword == null ? Passwords.random() : chosenPassword;
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        User owner = new User(NAME, Role.OWNER, hasher.hash(password), now);
        String after = "{\"username\":\"" + NAME + "\",\"role\":\"owner\"}";
        AuditEvent event = new AuditEvent(now, Actor.system(), "user.add", NAME, null, after);
        boolean added = store.insertFirst(owner, event);
        return added && chosenPassword == null ? Optional.of(password) : Optional.empty();
    }
}
