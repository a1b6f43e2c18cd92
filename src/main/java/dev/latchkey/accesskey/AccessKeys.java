package dev.latchkey.accesskey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Permission;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.scope.ScopeRules;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.scope.ScopeStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What people do with access keys. Thread-safe. */
public final class AccessKeys {
    /** How long the old secret goes on working after a rotation, where nothing else is said. */
    public static final Duration DEFAULT_GRACE = Duration.ofHours(24);

    /** The longest time that an old secret may go on working. */
    public static final Duration MAX_GRACE = Duration.ofDays(30);

    private final AccessKeyStore store;
    private final AccessKeyChanges changes;
    private final ScopeRules scopes;
    private final TokenSizeRule tokenSize;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public AccessKeys(AccessKeyStore store, ScopeStore scopes, Clock clock, TokenSizeRule tokenSize) {
        this.tokenSize = tokenSize;
        this.store = store;
        this.changes = new AccessKeyChanges(store);
        this.scopes = new ScopeRules(scopes);
        this.clock = clock;
    }

    /** All keys, newest first. For stores that are known to be small; {@link #page} is for any. */
    public List<AccessKey> list(Actor actor) {
        actor.require(Permission.VIEW_KEYS);
        return store.all();
    }

    /** A page of keys. */
    public AccessKeyPage page(Actor actor, AccessKeyQuery query) {
        actor.require(Permission.VIEW_KEYS);
        return store.page(query, now());
    }

    public long count(Actor actor, AccessKeyQuery.Filter filter) {
        actor.require(Permission.VIEW_KEYS);
        return store.count(filter, now());
    }

    /** The key with this id; fails with a {@link ServiceException} of kind NOT_FOUND where there is none. */
    public AccessKey get(Actor actor, String id) {
        actor.require(Permission.VIEW_KEYS);
        return changes.find(id);
    }

    /** The key with this id, else the one with this name; fails with CONFLICT when several have it, or NOT_FOUND. */
    public AccessKey getByIdOrName(Actor actor, String idOrName) {
        actor.require(Permission.VIEW_KEYS);
        return changes.findByIdOrName(idOrName);
    }

    /** Creates a key with a generated id and secret; adds scopes that the catalogue does not have if that is wanted. */
    public NewAccessKey create(Actor actor, AccessKeySettings settings, boolean addScopes) {
        AccessKeySecret secret = AccessKeySecret.generate(random);
        Instant now = now();
        StoredSecret stored = new StoredSecret(secret.hash(), secret.hint(), now, null, null);
        return new NewAccessKey(insert(actor, settings, List.of(stored), addScopes, now), secret);
    }

    /** The same without a secret, which {@link #rotate} gives; fails with INVALID when the settings hold no other proof. */
    public AccessKey createWithoutSecret(Actor actor, AccessKeySettings settings, boolean addScopes) {
        actor.require(Permission.CREATE_KEYS);
        settings.requireOtherProof();
        return insert(actor, settings, List.of(), addScopes, now());
    }

    private AccessKey insert(
            Actor actor, AccessKeySettings settings, List<StoredSecret> secrets, boolean addScopes, Instant now) {
        actor.require(Permission.CREATE_KEYS);
        if (!settings.federated().isEmpty()) {
            actor.require(Permission.MANAGE_ISSUERS);
        }
        if (addScopes) {
            actor.require(Permission.MANAGE_SCOPES);
        }
        List<Scope> unlisted = scopes.check(actor, settings.scopes(), addScopes, now);
        String id = AccessKeyIds.generate(random);
        tokenSize.checkNew(id, settings);
        AccessKey key = new AccessKey(id, settings, secrets, now, actor.label(), now, null, 1);

        List<AuditEvent> events = new ArrayList<>();
        unlisted.forEach(scope -> events.add(ScopeCatalogue.added(actor, scope)));
        events.add(AccessKeyEvents.created(actor, key));
        store.insert(key, unlisted, events);
        return key;
    }

    /**
     * Changes the settings of a key; what changes nothing writes nothing.
     *
     * @param change what the settings become; may be called more than once
     * @param expectedRevision the revision that the caller saw; null = whatever it is, the last writer wins
     * @throws ServiceException of kind NOT_FOUND, PRECONDITION_FAILED, or INVALID
     */
    public AccessKey edit(
            Actor actor, String id, UnaryOperator<AccessKeySettings> change, @Nullable Long expectedRevision) {
        actor.require(Permission.CHANGE_KEYS);
        return changes.make(id, expectedRevision, key -> {
            AccessKeySettings settings = change.apply(key.settings());
            if (settings.equals(key.settings())) {
                return Optional.of(key);
            }
            Instant now = now();
            if (!settings.scopes().equals(key.settings().scopes())) {
                scopes.check(actor, settings.scopes(), false, now);
            }
            tokenSize.checkChange(id, key.settings(), settings);
            AccessKey changed = key.changed(settings, key.secrets(), now);
            return changes.write(key, changed, AccessKeyEvents.edited(actor, key, changed));
        });
    }

    /** Switches a key off or on. A disabled key stops getting tokens at once. */
    public AccessKey setEnabled(Actor actor, String id, boolean enabled) {
        return edit(actor, id, settings -> settings.withEnabled(enabled), null);
    }

    /** The same, whatever the key has become meanwhile. */
    public NewAccessKey rotate(Actor actor, String id, Duration grace) {
        return rotate(actor, id, grace, null);
    }

    /**
     * Gives a key a second secret. The old one goes on working for {@code grace}; an older one ends now, so that at most
     * two live.
     *
     * @param grace zero to 30 days; zero ends the old secret now
     * @param expectedRevision the revision that the caller saw; null = whatever it is
     * @throws ServiceException of kind NOT_FOUND, PRECONDITION_FAILED, or INVALID
     */
    public NewAccessKey rotate(Actor actor, String id, Duration grace, @Nullable Long expectedRevision) {
        actor.require(Permission.CHANGE_KEYS);
        if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
            throw ServiceException.invalid("grace", "must be 0 to 30 days, such as 24h");
        }
        AccessKeySecret secret = AccessKeySecret.generate(random);
        AccessKey rotated = changes.make(id, expectedRevision, key -> {
            Instant now = now();
            List<StoredSecret> secrets =
                    StoredSecret.rotate(key.secrets(), secret, now, grace.truncatedTo(ChronoUnit.SECONDS));
            AccessKey changed = key.changed(key.settings(), secrets, now);
            return changes.write(key, changed, AccessKeyEvents.rotated(actor, key, changed));
        });
        return new NewAccessKey(rotated, secret);
    }

    /** Removes a key for good; answers it as it was. Takes a revision and fails as {@link #rotate} does. */
    public AccessKey delete(Actor actor, String id, @Nullable Long expectedRevision) {
        actor.require(Permission.CHANGE_KEYS);
        return changes.make(id, expectedRevision, key -> {
            AuditEvent event = AccessKeyEvents.deleted(actor, key, now());
            return store.delete(id, key.revision(), event) ? Optional.of(key) : Optional.empty();
        });
    }

    /** The scopes of the catalogue now, which is what {@code --all-scopes} gives. */
    public ScopeSet allScopes(Actor actor) {
        actor.require(Permission.VIEW_SCOPES);
        return scopes.all();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
