package dev.latchkey.user;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sees to it that a new store has somebody who may do everything. */
public final class FirstOwner {
    /** The name of the first Owner. */
    public static final String NAME = "owner";

    private final UserStore store;
    private final Clock clock;
    private final @Nullable String randomPassword;
    private final @Nullable CompletableFuture<String> hash;

    private FirstOwner(
            UserStore store, Clock clock, @Nullable String randomPassword, @Nullable CompletableFuture<String> hash) {
        this.store = store;
        this.clock = clock;
        this.randomPassword = randomPassword;
        this.hash = hash;
    }

    /**
     * Looks whether the store needs one, and if so begins to hash the password on a thread of its own, which takes a while.
     *
     * @param chosenPassword the password to give them; null = a random one
     */
    public static FirstOwner prepare(
            UserStore store, PasswordHasher hasher, @Nullable String chosenPassword, Clock clock) {
        if (!store.isEmpty()) {
            return new FirstOwner(store, clock, null, null);
        }
        if (chosenPassword != null) {
            Passwords.check("LATCHKEY_OWNER_PASSWORD", chosenPassword);
        }
        String password = chosenPassword == null ? Passwords.random() : chosenPassword;
        return new FirstOwner(
                store,
                clock,
                chosenPassword == null ? password : null,
                CompletableFuture.supplyAsync(() -> hasher.hash(password)));
    }

    /**
     * Creates the Owner named {@code owner} where the store had no user.
     *
     * @return the random password, to be shown once; empty when there was a user already or the password was chosen
     */
    public Optional<String> ensure() {
        if (hash == null) {
            return Optional.empty();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        User owner = new User(NAME, Role.OWNER, hash.join(), now);
        String after = "{\"username\":\"" + NAME + "\",\"role\":\"owner\"}";
        AuditEvent event = new AuditEvent(now, Actor.system(), "user.add", NAME, null, after);
        boolean added = store.insertFirst(owner, event);
        return added ? Optional.ofNullable(randomPassword) : Optional.empty();
    }
}
