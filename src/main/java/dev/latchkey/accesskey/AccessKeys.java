package dev.latchkey.accesskey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Permission;
import dev.latchkey.permission.Role;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What people do with access keys. Thread-safe. */
public final class AccessKeys {
    /** The scopes that open the management API, each in the role it names. */
    private static final Set<String> RESERVED_SCOPES = Set.of("latchkey:developer", "latchkey:admin", "latchkey:owner");

    private final AccessKeyStore store;
    private final ScopeStore scopes;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public AccessKeys(AccessKeyStore store, ScopeStore scopes, Clock clock) {
        this.store = store;
        this.scopes = scopes;
        this.clock = clock;
    }

    /** All keys, newest first. */
    public List<AccessKey> list(Actor actor) {
        actor.require(Permission.VIEW_KEYS);
        return store.all();
    }

    /**
     * The key with this id.
     *
     * @throws LatchkeyException of kind NOT_FOUND
     */
    public AccessKey get(Actor actor, String id) {
        actor.require(Permission.VIEW_KEYS);
        return store.find(id).orElseThrow(() -> notFound());
    }

    /**
     * Creates a key with a generated id and secret.
     *
     * @param addScopes whether scopes that the catalogue does not have are added to it
     */
    public NewAccessKey create(Actor actor, AccessKeySettings settings, boolean addScopes) {
        actor.require(Permission.CREATE_KEYS);
        if (addScopes) {
            actor.require(Permission.MANAGE_SCOPES);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        List<Scope> unlisted = checkScopes(actor, settings.scopes(), addScopes, now);

        AccessKeySecret secret = AccessKeySecret.generate(random);
        StoredSecret stored = new StoredSecret(secret.hash(), secret.hint(), now, null, null);
        String id = AccessKeyIds.generate(random);
        AccessKey key = new AccessKey(id, settings, List.of(stored), now, actor.label(), now, null, 1);

        List<AuditEvent> events = new ArrayList<>();
        unlisted.forEach(scope -> events.add(ScopeCatalogue.added(actor, scope)));
        events.add(new AuditEvent(now, actor, "key.create", id, null, AccessKeyJson.settingsText(settings)));
        store.insert(key, unlisted, events);
        return new NewAccessKey(key, secret);
    }

    /** The scopes of the catalogue now, which is what {@code --all-scopes} gives. */
    public ScopeSet allScopes(Actor actor) {
        actor.require(Permission.VIEW_SCOPES);
        return ScopeSet.of(scopes.all().stream().map(Scope::name).toList());
    }

    /** Fails unless each scope may be given by this actor; answers those that the catalogue lacks and shall get. */
    private List<Scope> checkScopes(Actor actor, ScopeSet wanted, boolean addScopes, Instant now) {
        if (wanted.hasReserved() && actor.role() != Role.OWNER) {
            throw LatchkeyException.of(
                    ErrorKind.FORBIDDEN, "Only an Owner may give a key a scope of the management API (latchkey:…).");
        }
        Set<String> listed = scopes.all().stream().map(Scope::name).collect(Collectors.toSet());
        List<Scope> unlisted = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        for (String name : wanted.tokens()) {
            if (ScopeSet.isReserved(name)) {
                if (!RESERVED_SCOPES.contains(name)) {
                    errors.add(new FieldError(
                            "scopes",
                            "knows no \"" + name + "\"; there are latchkey:developer, "
                                    + "latchkey:admin and latchkey:owner"));
                }
            } else if (!listed.contains(name)) {
                unlisted.add(new Scope(name, "", now, actor.label()));
            }
        }
        if (!addScopes) {
            unlisted.forEach(scope -> errors.add(unknownScope(scope.name())));
        }
        if (!errors.isEmpty()) {
            throw LatchkeyException.invalid(errors);
        }
        return unlisted;
    }

    private static FieldError unknownScope(String name) {
        return new FieldError("scopes", "holds \"" + name + "\", which is not in the catalogue; add it there first");
    }

    private static LatchkeyException notFound() {
        return LatchkeyException.of(ErrorKind.NOT_FOUND, "There is no access key with this id.");
    }
}
