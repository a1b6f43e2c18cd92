package dev.latchkey.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import java.time.Instant;
import java.util.List;
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
        @Nullable String subjectName,
        List<String> changes,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {
    /** Who did it, and what the access key was called; null for all others. */
    public record ActorJson(
            String kind, String name, @Nullable String title, String role) {}

    public static AuditJson of(AuditPage.Entry entry) {
        AuditEvent event = entry.event();
        Actor actor = event.actor();
        JsonNode before = fields(event.before());
        JsonNode after = fields(event.after());
        return new AuditJson(
                entry.number(),
                event.at(),
                new ActorJson(
                        actor.kind().name().toLowerCase(Locale.ROOT),
                        actor.name(),
                        actor.title().isEmpty() ? null : actor.title(),
                        actor.role().publicName()),
                actor.from(),
                event.action(),
                event.subject(),
                subjectName(event, before, after),
                AuditChanges.between(event.before(), event.after()),
                before,
                after);
    }

    /** In events of an older version the name is a field of the key, at the most. */
    private static @Nullable String subjectName(AuditEvent event, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (!event.subjectName().isEmpty()) {
            return event.subjectName();
        }
        JsonNode fields = after == null ? before : after;
        return event.action().startsWith("key.") && fields != null
                ? fields.path("name").textValue()
                : null;
    }

    /** What an event says of its subject; null = the subject was not there. */
    public static @Nullable JsonNode fields(@Nullable String json) {
        return json == null ? null : JsonBinding.stored(json);
    }
}
