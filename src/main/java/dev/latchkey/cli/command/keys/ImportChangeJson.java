package dev.latchkey.cli.command.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.audit.AuditJson;
import dev.latchkey.json.JsonBinding;
import org.jspecify.annotations.Nullable;

/**
 * One change of an import, as {@code keys import --json} lists it.
 *
 * @param subject what was changed; null = it gets its id only when the import is done
 * @param name of a key; null = it is no key
 * @param secret one that was made; null = none
 */
record ImportChangeJson(
        String action,
        @Nullable String subject,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String name,

        @Nullable JsonNode before,
        @Nullable JsonNode after,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {
    static String text(AuditEvent event, @Nullable String subject, @Nullable String name, @Nullable String secret) {
        return JsonBinding.text(new ImportChangeJson(
                event.action(),
                subject,
                name,
                AuditJson.fields(event.before()),
                AuditJson.fields(event.after()),
                secret));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return action + " " + subject;
    }
}
