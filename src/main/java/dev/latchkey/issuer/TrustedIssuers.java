package dev.latchkey.issuer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Permission;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an Owner does with trusted issuers. Thread-safe. */
public final class TrustedIssuers {
    private final TrustedIssuerStore store;
    private final Clock clock;

    public TrustedIssuers(TrustedIssuerStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** All of them, by name. */
    public List<TrustedIssuer> list(Actor actor) {
        actor.require(Permission.MANAGE_ISSUERS);
        return store.all();
    }

    /**
     * The issuer of this name.
     *
     * @throws ServiceException of kind NOT_FOUND
     */
    public TrustedIssuer get(Actor actor, String name) {
        actor.require(Permission.MANAGE_ISSUERS);
        return find(name);
    }

    /** What is known of the fetching of an issuer's JWK Set. */
    public JwksFetch fetch(Actor actor, TrustedIssuer issuer) {
        actor.require(Permission.MANAGE_ISSUERS);
        return store.fetch(issuer.name());
    }

    /**
     * Adds an issuer, as {@link TrustedIssuerJson} reads it.
     *
     * @throws ServiceException of kind INVALID, or CONFLICT when the name is taken
     */
    public TrustedIssuer add(Actor actor, ObjectNode fields) {
        actor.require(Permission.MANAGE_ISSUERS);
        Instant now = now();
        TrustedIssuer issuer = TrustedIssuerJson.read(fields, now, actor.label());
        store.insert(issuer, changed(actor, now, null, issuer));
        return issuer;
    }

    /**
     * Trusts an issuer no more.
     *
     * @throws ServiceException of kind NOT_FOUND, or CONFLICT while a key names it
     */
    public void remove(Actor actor, String name) {
        actor.require(Permission.MANAGE_ISSUERS);
        TrustedIssuer issuer = find(name);
        store.delete(name, new AuditEvent(now(), actor, "issuer.remove", name, text(issuer), null));
    }

    /** What the audit log says of an issuer that is added, or changed by an import. */
    public static AuditEvent changed(Actor actor, Instant now, @Nullable TrustedIssuer before, TrustedIssuer after) {
        return new AuditEvent(
                now,
                actor,
                before == null ? "issuer.add" : "issuer.edit",
                after.name(),
                before == null ? null : text(before),
                text(after));
    }

    private static String text(TrustedIssuer issuer) {
        return JsonBinding.text(TrustedIssuerJson.row(issuer));
    }

    /** What became of the tokens that a key trusts. */
    public List<FederatedUse> uses(Actor actor, String keyId) {
        actor.require(Permission.VIEW_KEYS);
        return store.uses(keyId);
    }

    private TrustedIssuer find(String name) {
        return store.find(name)
                .orElseThrow(() -> ServiceException.of(
                        ErrorKind.NOT_FOUND, "No issuer named \"" + FieldError.cut(name) + "\" is trusted."));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
