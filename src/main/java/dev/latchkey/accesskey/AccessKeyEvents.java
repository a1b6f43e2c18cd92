package dev.latchkey.accesskey;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.latchkey.accesskey.AccessKeyJson.Chosen;
import dev.latchkey.accesskey.AccessKeyJson.Secret;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the audit log says of a key: its settings or its secrets before and after as JSON, with no secret in it. */
public final class AccessKeyEvents {
    private record Settings(
            @JsonUnwrapped Chosen chosen, @Nullable Instant expiresAt) {}

    private record Secrets(List<Secret> secrets) {}

    private AccessKeyEvents() {}

    public static AuditEvent created(Actor actor, AccessKey key) {
        return event(key.createdAt(), actor, "key.create", key, null, settings(key));
    }

    public static AuditEvent edited(Actor actor, AccessKey before, AccessKey after) {
        return event(after.updatedAt(), actor, "key.edit", after, settings(before), settings(after));
    }

    public static AuditEvent rotated(Actor actor, AccessKey before, AccessKey after) {
        return event(after.updatedAt(), actor, "key.rotate", after, secrets(before), secrets(after));
    }

    public static AuditEvent deleted(Actor actor, AccessKey key, Instant now) {
        return event(now, actor, "key.delete", key, settings(key), null);
    }

    private static AuditEvent event(
            Instant at, Actor actor, String action, AccessKey key, @Nullable String before, @Nullable String after) {
        return new AuditEvent(at, actor, action, key.id(), key.settings().name(), before, after);
    }

    private static String settings(AccessKey key) {
        return JsonBinding.text(
                new Settings(Chosen.of(key.settings()), key.settings().expiresAt()));
    }

    private static String secrets(AccessKey key) {
        return JsonBinding.text(
                new Secrets(key.secrets().stream().map(Secret::of).toList()));
    }
}
