package dev.latchkey.accesskey.importing;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Imports documents that are in memory, and collects what an import says that it does. */
public final class Imported implements ImportListener {
    private final List<Scope> scopes = new ArrayList<>();
    private final List<AccessKeyImportPlan.Change> changes = new ArrayList<>();
    private final List<AuditEvent> events = new ArrayList<>();
    private long deleted;

    private Imported() {}

    /** Imports a document of plain values. */
    public static AccessKeyImportPlan run(
            AccessKeyImport imports, Actor actor, Object document, AccessKeyImport.Rules rules) {
        Imported imported = new Imported();
        ImportTotals totals;
        try {
            totals = imports.run(actor, source(document), rules, imported);
        } catch (JsonSyntaxException e) {
            throw new AssertionError(e);
        }
        return imported.checked(totals);
    }

    /** What importing a document of plain values would do. */
    public static AccessKeyImportPlan compare(
            AccessKeyImport imports, Actor actor, Object document, AccessKeyImport.Rules rules) {
        Imported imported = new Imported();
        ImportTotals totals;
        try {
            totals = imports.compare(actor, source(document), rules, imported);
        } catch (JsonSyntaxException e) {
            throw new AssertionError(e);
        }
        return imported.checked(totals);
    }

    private static ImportSource source(Object document) {
        return ImportSource.of(JsonBinding.text(document).getBytes(StandardCharsets.UTF_8));
    }

    private AccessKeyImportPlan checked(ImportTotals totals) {
        if (totals.scopesAdded() != scopes.size()
                || totals.created() + totals.changed() != changes.size()
                || totals.deleted() != deleted) {
            throw new AssertionError(totals + " is not what was told: " + scopes + changes);
        }
        return new AccessKeyImportPlan(scopes, changes, events);
    }

    @Override
    public void begin() {
        scopes.clear();
        changes.clear();
        events.clear();
        deleted = 0;
    }

    @Override
    public void scopeAdded(Scope scope, AuditEvent event) {
        scopes.add(scope);
        events.add(event);
    }

    @Override
    public void keyChanged(AccessKeyImportPlan.Change change, List<AuditEvent> keyEvents) {
        changes.add(change);
        events.addAll(keyEvents);
    }

    @Override
    public void keyDeleted(AccessKey key, AuditEvent event) {
        deleted++;
        events.add(event);
    }
}
