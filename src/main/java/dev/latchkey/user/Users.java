package dev.latchkey.user;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.ObjectBytes;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Permission;
import dev.latchkey.permission.Role;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The people who may sign in. Thread-safe. */
public final class Users {
    private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._@-]{1,64}");
    /** A longer text is no name, whatever it is normalized to. */
    private static final int MAX_TYPED = 256;

    private final UserStore store;
    private final PasswordHasher hasher;
    private final Clock clock;

    public Users(UserStore store, PasswordHasher hasher, Clock clock) {
        this.store = store;
        this.hasher = hasher;
        this.clock = clock;
    }

    /**
     * Whether the text may be a user's name: 1 to 64 of {@code A-Za-z0-9._@-}, and no step in a path (. and ..). White
     * space around it does not count.
     */
    public static boolean isName(String text) {
        return NAME.matcher(normalized(text)).matches();
    }

    /** What was typed, without white space around it and in Unicode's form C. */
    static String normalized(String typed) {
        return typed.length() > MAX_TYPED
                ? typed
                : Normalizer.normalize(typed, Normalizer.Form.NFC).strip();
    }

    /** All users, by name. */
    public List<User> list(Actor actor) {
        actor.require(Permission.VIEW_USERS);
        return store.all();
    }

    /** So many users at most, by name, of those after {@code name}; empty = from the start. */
    public List<User> after(Actor actor, String name, int most) {
        actor.require(Permission.VIEW_USERS);
        return store.after(name, most);
    }

    /** Adds a user; fails with CONFLICT when the name is taken, in capitals or small letters, or with INVALID. */
    public User add(Actor actor, String typedName, Role role, String password) {
        actor.require(Permission.MANAGE_USERS);
        List<FieldError> errors = new ArrayList<>();
        String name = normalized(typedName);
        if (!isName(name)) {
            errors.add(new FieldError("username", "must be 1 to 64 of A-Z a-z 0-9 . _ @ -"));
        }
        Passwords.check("password", password, errors);
        ServiceException.throwIfAny(errors);
        Instant now = now();
        User user = new User(name, role, hasher.hash(Passwords.normalized(password)), now);
        store.insert(user, new AuditEvent(now, actor, "user.add", name, null, publicFields(user)));
        return user;
    }

    /** As {@link #change}: gives a user another password. */
    public void changePassword(Actor actor, String name, String password, Optional<String> keptSession) {
        change(actor, name, Optional.empty(), Optional.of(password), keptSession);
    }

    /** As {@link #change}: gives a user another role. */
    public User changeRole(Actor actor, String name, Role role) {
        return change(actor, name, Optional.of(role), Optional.empty(), Optional.empty());
    }

    /**
     * Changes a user's role, password or both, or nothing at all where one of them cannot be. A role holds from the next
     * request on; a password ends the sessions.
     *
     * @param keptSession the token of the session that goes on, where a user changes their own password; empty = none
     * @return the user afterwards
     * @throws ServiceException of kind NOT_FOUND or INVALID, or CONFLICT for the last Owner
     */
    public User change(
            Actor actor, String name, Optional<Role> role, Optional<String> password, Optional<String> keptSession) {
        actor.require(Permission.MANAGE_USERS);
        User user = find(name);
        password.ifPresent(text -> Passwords.check("password", text));
        if (role.isEmpty() && password.isEmpty()) {
            return user;
        }
        // Takes its time, and must not take it while the store is locked.
        Optional<String> hash = password.map(text -> hasher.hash(Passwords.normalized(text)));
        Instant now = now();
        return store.update(user.name(), stored -> {
                    User changed = new User(
                            stored.name(),
                            role.orElse(stored.role()),
                            hash.orElse(stored.passwordHash()),
                            stored.createdAt());
                    List<AuditEvent> events = new ArrayList<>();
                    String after = publicFields(changed);
                    if (role.isPresent()) {
                        events.add(new AuditEvent(now, actor, "user.role", stored.name(), publicFields(stored), after));
                    }
                    if (hash.isPresent()) {
                        events.add(new AuditEvent(now, actor, "user.password", stored.name(), after, after));
                    }
                    return new UserStore.Change(changed, keptSession.map(Sessions::hashOf), events);
                })
                .orElseThrow(() -> notFound(name));
    }

    /** Removes a user and ends their sessions; fails with NOT_FOUND, or with CONFLICT for the last Owner. */
    public void remove(Actor actor, String name) {
        actor.require(Permission.MANAGE_USERS);
        User user = find(name);
        AuditEvent event = new AuditEvent(now(), actor, "user.remove", user.name(), publicFields(user), null);
        if (!store.delete(user.name(), event)) {
            throw notFound(name);
        }
    }

    private User find(String typedName) {
        String name = normalized(typedName);
        Optional<User> user = isName(name) ? store.find(name) : Optional.empty();
        return user.orElseThrow(() -> notFound(name));
    }

    /** What the audit log holds of a user. */
    static String publicFields(User user) {
        return new ObjectBytes(128)
                .field("username", user.name())
                .field("role", user.role().publicName())
                .endText();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static ServiceException notFound(String name) {
        return ServiceException.notFound("There is no user named \"" + FieldError.cut(name) + "\".");
    }
}
