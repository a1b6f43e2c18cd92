package dev.latchkey.signingkey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.json.ObjectBytes;
import dev.latchkey.permission.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the audit log says about signing keys: kids and states, nothing else. */
final class SigningKeyEvents {
    private SigningKeyEvents() {}

    static AuditEvent created(Actor actor, SigningKey key) {
        return of(key.createdAt(), actor, "signing-key.create", key.kid(), null, nameOf(key));
    }

    static AuditEvent imported(Actor actor, SigningKey key) {
        return of(key.createdAt(), actor, "signing-key.import", key.kid(), null, nameOf(key));
    }

    static AuditEvent promoted(Actor actor, SigningKey active, Instant at) {
        return of(at, actor, "signing-key.rotate", active.kid(), "next", "active");
    }

    static AuditEvent retired(Actor actor, SigningKey old, Instant at) {
        return of(at, actor, "signing-key.retire", old.kid(), "active", "retired");
    }

    /** Dropped in whatever state it was. */
    static AuditEvent dropped(Actor actor, SigningKey key, Instant at) {
        return of(at, actor, "signing-key.drop", key.kid(), nameOf(key), null);
    }

    static AuditEvent encrypted(Actor actor, String kid, boolean before, Instant at) {
        String was = before ? "encrypted" : "plain";
        return of(at, actor, "signing-key.encrypt", kid, was, "encrypted");
    }

    private static String nameOf(SigningKey key) {
        return key.state().publicName();
    }

    private static AuditEvent of(
            Instant at, Actor actor, String action, String kid, @Nullable String before, @Nullable String after) {
        return new AuditEvent(at, actor, action, kid, json(kid, before), json(kid, after));
    }

    private static @Nullable String json(String kid, @Nullable String state) {
        if (state == null) {
            return null;
        }
        return new ObjectBytes(128).field("kid", kid).field("state", state).endText();
    }
}
