package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKeyImportPlan;
import dev.latchkey.accesskey.AccessKeyImportPlan.Change;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.json.JsonWriter;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an import has done, or would do. Shows the secrets that were made, this one time. */
final class ImportReport {
    private final AccessKeyImportPlan plan;
    private final boolean dryRun;
    private final int rows;
    private final Set<Object> givenIds = new HashSet<>();
    private final Map<String, Change> changes = new HashMap<>();

    /**
     * What a plan does.
     *
     * @param document what was imported
     */
    ImportReport(AccessKeyImportPlan plan, Map<String, Object> document, boolean dryRun) {
        this.plan = plan;
        this.dryRun = dryRun;
        List<?> keys = document.get("keys") instanceof List<?> list ? list : List.of();
        this.rows = keys.size();
        keys.forEach(row -> givenIds.add(row instanceof Map<?, ?> fields ? fields.get("id") : null));
        plan.changes().forEach(change -> changes.put(change.key().id(), change));
    }

    /** A line for each change, and one that counts them. */
    String text() {
        StringBuilder text = new StringBuilder();
        plan.events().forEach(event -> text.append(line(event)).append('\n'));
        text.append(dryRun ? "Nothing was written. " : "")
                .append("Scopes: " + plan.newScopes().size() + " added. Keys: " + created() + " created, ")
                .append(changed() + " changed, " + unchanged() + " unchanged.\n");
        if (!dryRun && plan.changes().stream().anyMatch(change -> change.generated() != null)) {
            text.append("Keep the secrets now: they will not be shown again.\n");
        }
        return text.toString();
    }

    void json(PrintStream out) {
        JsonOutput.print(
                out,
                document -> document.field("dry_run", dryRun)
                        .field("scopes_added", plan.newScopes().size())
                        .field("keys_created", created())
                        .field("keys_changed", changed())
                        .field("keys_unchanged", unchanged())
                        .arrayField(
                                "changes",
                                plan.events(),
                                (array, event) -> array.startObject()
                                        .fields(fields -> write(fields, event))
                                        .endObject()));
    }

    private void write(JsonWriter out, AuditEvent event) {
        Change change = change(event);
        boolean idToCome = change != null && isIdToCome(change);
        out.field("action", event.action())
                .field("subject", idToCome ? null : event.subject())
                .fieldOf("before", Differences.plain(event.before()))
                .fieldOf("after", Differences.plain(event.after()));
        AccessKeySecret generated = generated(event);
        if (generated != null) {
            out.field("secret", generated.reveal());
        }
    }

    private String line(AuditEvent event) {
        Change change = change(event);
        if (change == null) {
            return (dryRun ? "Would add scope " : "Added scope ") + Visible.line(event.subject());
        }
        String name = "key " + Visible.line(change.key().settings().name());
        String key = isIdToCome(change) ? name : name + " (" + change.key().id() + ")";
        AccessKeySecret generated = generated(event);
        if (event.action().equals("key.create")) {
            return (dryRun ? "Would create " : "Created ")
                    + key
                    + (generated == null ? "" : " with the secret " + generated.reveal());
        }
        return (dryRun ? "Would change " : "Changed ") + key + ": "
                + Visible.line(String.join("; ", Differences.between(event.before(), event.after())));
    }

    /** The key that the event is about; null when it is about a scope, which may be called like a key. */
    private @Nullable Change change(AuditEvent event) {
        return event.action().startsWith("key.") ? changes.get(event.subject()) : null;
    }

    /** The secret that was made for a new key; in a dry run there is none that would last. */
    private @Nullable AccessKeySecret generated(AuditEvent event) {
        Change change = change(event);
        return dryRun || change == null || !event.action().equals("key.create") ? null : change.generated();
    }

    /** In a dry run a generated id is not the one that the key will have. */
    private boolean isIdToCome(Change change) {
        return dryRun && change.isNew() && !givenIds.contains(change.key().id());
    }

    private long created() {
        return plan.changes().stream().filter(Change::isNew).count();
    }

    private long changed() {
        return plan.changes().size() - created();
    }

    private int unchanged() {
        return rows - plan.changes().size();
    }
}
