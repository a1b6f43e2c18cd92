package dev.latchkey.audit;

import dev.latchkey.json.Json;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.json.JsonWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An audit event as JSON: the field names and their order that the API and {@code --json} share. */
public final class AuditJson {
    private AuditJson() {}

    /** Writes all fields into the open object. */
    public static void write(JsonWriter out, AuditPage.Entry entry) {
        AuditEvent event = entry.event();
        out.field("id", entry.number())
                .field("at", event.at())
                .objectField(
                        "actor",
                        actor -> actor.field("kind", event.actor().kind().name().toLowerCase(Locale.ROOT))
                                .field("name", event.actor().name())
                                .field("role", event.actor().role().publicName()))
                .field("from", event.actor().from())
                .field("action", event.action())
                .field("subject", event.subject())
                .fieldOf("before", plain(event.before()))
                .fieldOf("after", plain(event.after()));
    }

    private static @Nullable Object plain(@Nullable String json) {
        try {
            return json == null ? null : Json.parseObject(json);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("a stored audit event is not JSON", e);
        }
    }
}
