package dev.latchkey.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An audit event as JSON: the field names and their order that the API and {@code --json} share. */
public record AuditJson(
        long id,
        Instant at,
        ActorJson actor,
        String from,
        String action,
        String subject,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {
    /** Who did it. */
    public record ActorJson(String kind, String name, String role) {}

    public static AuditJson of(AuditPage.Entry entry) {
        AuditEvent event = entry.event();
        Actor actor = event.actor();
        return new AuditJson(
                entry.number(),
                event.at(),
                new ActorJson(
                        actor.kind().name().toLowerCase(Locale.ROOT),
                        actor.name(),
                        actor.role().publicName()),
                actor.from(),
                event.action(),
                event.subject(),
                fields(event.before()),
                fields(event.after()));
    }

    /** What an event says of its subject; null = the subject was not there. */
    public static @Nullable JsonNode fields(@Nullable String json) {
        return json == null ? null : JsonBinding.stored(json);
    }
}
