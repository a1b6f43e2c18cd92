package dev.latchkey.signingkey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.json.ObjectBytes;
import dev.latchkey.permission.Actor;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the audit log says about signing keys: kids and states, nothing else. */
final class SigningKeyEvents {
    private SigningKeyEvents() {}

    static AuditEvent created(Actor actor, StoredKey made) {
        return added(actor, "signing-key.create", made.key());
    }

    static AuditEvent imported(Actor actor, StoredKey made) {
        return added(actor, "signing-key.import", made.key());
    }

    private static AuditEvent added(Actor actor, String action, SigningKey key) {
        return of(key.createdAt(), actor, action, key.kid(), null, key.state().publicName());
    }

    static AuditEvent promoted(Actor actor, SigningKey active, Instant at) {
        return of(at, actor, "signing-key.rotate", active.kid(), "next", "active");
    }

    static AuditEvent retired(Actor actor, SigningKey old, Instant at) {
        return of(at, actor, "signing-key.retire", old.kid(), "active", "retired");
    }

    /** Dropped in whatever state it was. */
    static AuditEvent dropped(Actor actor, SigningKey key, Instant at) {
        return of(at, actor, "signing-key.drop", key.kid(), key.state().publicName(), null);
    }

    static AuditEvent encrypted(Actor actor, String kid, boolean before, Instant at) {
        return of(at, actor, "signing-key.encrypt", kid, before ? "encrypted" : "plain", "encrypted");
    }

    private static AuditEvent of(
            Instant at, Actor actor, String action, String kid, @Nullable String before, @Nullable String after) {
        return new AuditEvent(at, actor, action, kid, json(kid, before), json(kid, after));
    }

    private static @Nullable String json(String kid, @Nullable String state) {
        return state == null
                ? null
                : new ObjectBytes(128).field("kid", kid).field("state", state).endText();
    }
}
