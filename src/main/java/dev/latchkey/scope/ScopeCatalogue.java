package dev.latchkey.scope;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.error.Text;
import dev.latchkey.json.ObjectBytes;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Permission;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The catalogue of scopes that access keys may be given. Thread-safe. */
public final class ScopeCatalogue {
    private final ScopeStore store;
    private final Clock clock;

    public ScopeCatalogue(ScopeStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** All scopes, by name. */
    public List<Scope> list(Actor actor) {
        actor.require(Permission.VIEW_SCOPES);
        return store.all();
    }

    /** So many scopes at most, by name, of those after {@code name}; empty = from the start. */
    public List<Scope> after(Actor actor, String name, int most) {
        actor.require(Permission.VIEW_SCOPES);
        return store.after(name, most);
    }

    /** Adds scopes under one description, all or none. */
    public List<Scope> add(Actor actor, List<String> names, String description) {
        actor.require(Permission.MANAGE_SCOPES);
        List<FieldError> errors = new ArrayList<>();
        names.forEach(name -> checkName(name, errors));
        Text.check("description", description, 0, Scope.MAX_DESCRIPTION, true, errors);
        ServiceException.throwIfAny(errors);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<Scope> scopes = names.stream()
                .distinct()
                .map(name -> new Scope(name, description, now, actor.label()))
                .toList();
        store.insert(scopes, scopes.stream().map(scope -> added(actor, scope)).toList());
        return scopes;
    }

    /** Takes a scope out; refused while a key still has it. */
    public void remove(Actor actor, String name) {
        actor.require(Permission.MANAGE_SCOPES);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String before = publicFields(name, "");
        store.delete(name, new AuditEvent(now, actor, "scope.remove", name, before, null));
    }

    public static AuditEvent added(Actor actor, Scope scope) {
        String after = publicFields(scope.name(), scope.description());
        return new AuditEvent(scope.createdAt(), actor, "scope.add", scope.name(), null, after);
    }

    public static void checkName(String name, List<FieldError> errors) {
        if (!ScopeSet.isScopeToken(name)) {
            errors.add(new FieldError(
                    "name",
                    "must be 1 to " + ScopeSet.MAX_TOKEN_LENGTH
                            + " printable ASCII characters without space, double quote or backslash (RFC 6749 §3.3)"));
        } else if (ScopeSet.isReserved(name)) {
            errors.add(new FieldError(
                    "name", "must not begin with " + ScopeSet.RESERVED_PREFIX + ", which is Latchkey's own"));
        }
    }

    private static String publicFields(String name, String description) {
        return new ObjectBytes(128)
                .field("name", name)
                .field("description", description)
                .endText();
    }
}
