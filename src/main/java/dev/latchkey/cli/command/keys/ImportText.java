package dev.latchkey.cli.command.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.accesskey.importing.AccessKeyImportPlan.Change;
import dev.latchkey.audit.AuditChanges;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.audit.AuditJson;
import dev.latchkey.cli.output.Times;
import dev.latchkey.cli.terminal.TerminalText;
import dev.latchkey.json.JsonBinding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lines in which an import tells people what it has done, or as a plan what it would do. Holds no given secret. */
final class ImportText {
    private static final String INDENT = "    ";

    private ImportText() {}

    /**
     * One change as {@code keys import --json} lists it.
     *
     * @param subject what was changed; null = it gets its id only when the import is done
     * @param name of a key; null = it is no key
     * @param secret one that was made; null = none
     */
    static String json(AuditEvent event, @Nullable String subject, @Nullable String name, @Nullable String secret) {
        ObjectNode change = JsonBinding.object().put("action", event.action()).put("subject", subject);
        if (name != null) {
            change.put("name", name);
        }
        change.set("before", AuditJson.fields(event.before()));
        change.set("after", AuditJson.fields(event.after()));
        if (secret != null) {
            change.put("secret", secret);
        }
        return JsonBinding.text(change);
    }

    /** A scope or an issuer. */
    static String done(AuditEvent event) {
        String changes = event.before() == null ? "" : ": " + TerminalText.line(String.join("; ", changes(event)));
        return (event.before() == null ? "Added " : "Changed ") + named(event) + changes;
    }

    private static String named(AuditEvent event) {
        return event.action().substring(0, event.action().indexOf('.')) + " " + TerminalText.line(event.subject());
    }

    private static List<String> changes(AuditEvent event) {
        return AuditChanges.between(event.before(), event.after());
    }

    /** @param event what was done to the key, or one of two things */
    static String changed(Change change, AuditEvent event) {
        if (!change.isNew()) {
            return "Changed " + name(change.key()) + ": " + TerminalText.line(String.join("; ", changes(event)));
        }
        AccessKeySecret generated = change.generated();
        return "Created " + name(change.key()) + (generated == null ? "" : " with the secret " + generated.reveal());
    }

    static String deleted(AccessKey key) {
        return "Deleted " + name(key);
    }

    static List<String> wouldDo(AuditEvent event) {
        List<String> lines = new ArrayList<>(List.of((event.before() == null ? "+ " : "~ ") + named(event)));
        if (event.before() != null) {
            changes(event).forEach(field -> lines.add(INDENT + TerminalText.line(field)));
        }
        return lines;
    }

    /** A key that would be made or changed, with a line for each field that would be other than it is. */
    static List<String> wouldChange(Change change, List<AuditEvent> events) {
        List<String> lines = new ArrayList<>();
        lines.add((change.isNew() ? "+ " : "~ ")
                + (change.nameMustBeFree() ? nameAlone(change.key()) : name(change.key())));
        for (AuditEvent event : events) {
            changes(event).stream()
                    .filter(field -> !change.isNew() || !field.startsWith("name "))
                    .forEach(field -> lines.add(INDENT + TerminalText.line(field)));
        }
        if (change.isNew()) {
            lines.add(INDENT + "secret " + proof(change));
        }
        return lines;
    }

    private static String proof(Change change) {
        List<StoredSecret> secrets = change.key().secrets();
        if (change.generated() != null) {
            return "will be made";
        }
        return secrets.isEmpty()
                ? "none"
                : TerminalText.line(secrets.stream().map(StoredSecret::shown).collect(Collectors.joining(" ")));
    }

    static List<String> wouldDelete(AccessKey key, Instant now) {
        return List.of(
                "- " + name(key),
                INDENT + "scopes " + TerminalText.line(key.settings().scopes().toString()),
                INDENT + "last used " + Times.orNever(key.lastUsedAt(), now));
    }

    private static String name(AccessKey key) {
        return nameAlone(key) + " (" + key.id() + ")";
    }

    /** In a plan a generated id is not the one that the key will have. */
    private static String nameAlone(AccessKey key) {
        return "key " + TerminalText.line(key.settings().name());
    }
}
