package dev.latchkey.scope;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which scopes a key may be given, and by whom. Thread-safe. */
public final class ScopeRules {
    private final ScopeStore store;

    public ScopeRules(ScopeStore store) {
        this.store = store;
    }

    public ScopeSet all() {
        // One more than a key may have is refused like all of them, however many there are.
        return ScopeSet.of(store.after("", AccessKeySettings.MAX_SCOPES + 1).stream()
                .map(Scope::name)
                .toList());
    }

    /**
     * Fails unless each scope may be given by this actor.
     *
     * @param addScopes whether scopes that the catalogue does not have are fine
     * @return the scopes that the catalogue does not have
     * @throws ServiceException of kind FORBIDDEN or INVALID
     */
    public List<Scope> check(Actor actor, ScopeSet wanted, boolean addScopes, Instant now) {
        if (wanted.hasReserved() && actor.role() != Role.OWNER) {
            throw ServiceException.of(
                    ErrorKind.FORBIDDEN, "Only an Owner may give a key a scope of the management API (latchkey:…).");
        }
        Set<String> listed = store.listed(wanted.tokens());
        List<Scope> unlisted = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        for (String name : wanted.tokens()) {
            if (ScopeSet.isReserved(name)) {
                if (roleOf(name).isEmpty()) {
                    errors.add(new FieldError(
                            "scopes",
                            "holds \"" + name + "\", but the reserved scopes are latchkey:developer, "
                                    + "latchkey:admin and latchkey:owner"));
                }
            } else if (!listed.contains(name)) {
                unlisted.add(new Scope(name, "", now, actor.label()));
            }
        }
        if (!addScopes) {
            unlisted.forEach(scope -> errors.add(new FieldError(
                    "scopes", "holds \"" + scope.name() + "\", which is not in the catalogue; add it there first")));
        }
        ServiceException.throwIfAny(errors);
        return unlisted;
    }

    /** The role that a reserved scope opens the management API in. */
    public static Optional<Role> roleOf(String reservedScope) {
        return Role.fromPublicName(reservedScope.substring(ScopeSet.RESERVED_PREFIX.length()));
    }
}
