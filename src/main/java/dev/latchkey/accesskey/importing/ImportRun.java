package dev.latchkey.accesskey.importing;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyEvents;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.issuer.TrustedIssuerJson;
import dev.latchkey.issuer.TrustedIssuers;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeCatalogue;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One reading of an import file within one transaction: scopes first, then issuers and keys, some rows at a time. Goes on after a bad
 * row to name the others too, and writes nothing from there on. Not thread-safe.
 */
final class ImportRun {
    /** So many names of scopes are remembered as listed before they are looked up again. */
    private static final int SCOPES_REMEMBERED = 1000;

    private static final int KEYS_PRUNED_AT_ONCE = 100;

    private final ImportDocument document;
    private final ImportDocument.Counts counts;
    private final ImportErrors errors;
    private final ImportListener listener;
    private final Actor actor;
    private final Instant now;
    private final AccessKeyImport.Rules rules;
    private final ImportMeanings meanings;
    private final ImportPlanner planner;

    /** The names of the scopes in the file. */
    private final HashedTexts scopesInFile;

    private final Set<String> knownScopes = new HashSet<>();
    private final Set<String> issuersInFile = new HashSet<>();
    private final Map<String, TrustedIssuer> trusted = new LinkedHashMap<>();
    private long scopesAdded;
    private long issuersChanged;
    private long created;
    private long changed;
    private long unchanged;
    private long generated;

    ImportRun(
            ImportDocument document,
            ImportDocument.Counts counts,
            ImportErrors errors,
            ImportListener listener,
            Actor actor,
            Instant now,
            AccessKeyImport.Rules rules,
            TokenSizeRule tokenSize,
            SecureRandom random) {
        this.document = document;
        this.counts = counts;
        this.errors = errors;
        this.listener = listener;
        this.actor = actor;
        this.now = now;
        this.rules = rules;
        long withoutId = counts.keysWithoutId();
        this.meanings = new ImportMeanings(random, withoutId > 0);
        this.planner = new ImportPlanner(actor, now, rules, tokenSize, random, meanings, withoutId);
        this.scopesInFile = new HashedTexts(random);
    }

    /** Works out all rows, and, where it writes, writes them unless one is bad; fails with INVALID that names those. */
    ImportTotals in(ImportTransaction transaction, boolean writes) {
        document.rows(ImportDocument.SCOPES, rows -> scopes(rows, transaction, writes));
        transaction.issuers().forEach(issuer -> trusted.put(issuer.name(), issuer));
        document.rows(ImportDocument.ISSUERS, rows -> issuers(rows, transaction, writes));
        document.rows(ImportDocument.KEYS, rows -> {
            keys(rows, transaction, writes);
            listener.progress(rows.get(rows.size() - 1).index() + 1L, counts.keys());
        });
        errors.throwIfAny();
        long deleted = rules.prunes() ? prune(transaction, writes) : 0;
        return new ImportTotals(scopesAdded, issuersChanged, created, changed, deleted, unchanged, generated);
    }

    private void scopes(List<ImportDocument.Row> rows, ImportTransaction transaction, boolean writes) {
        Map<String, Scope> scopes = new LinkedHashMap<>();
        for (ImportDocument.Row row : rows) {
            errors.within(row.where(), () -> {
                Scope scope = ImportDocument.scope(row.fields(), rules.variables(), now, actor.label());
                if (!scopesInFile.add(scope.name())) {
                    throw ServiceException.invalid("name", "stands in this file twice");
                }
                scopes.put(scope.name(), scope);
            });
        }
        scopes.keySet().removeAll(transaction.listed(scopes.keySet()));
        List<AuditEvent> events = new ArrayList<>();
        for (Scope scope : scopes.values()) {
            AuditEvent event = ScopeCatalogue.added(actor, scope);
            events.add(event);
            listener.scopeAdded(scope, event);
        }
        scopesAdded += scopes.size();
        if (writes && errors.isEmpty()) {
            transaction.apply(new AccessKeyImportPlan(List.copyOf(scopes.values()), List.of(), events));
        }
    }

    private void issuers(List<ImportDocument.Row> rows, ImportTransaction transaction, boolean writes) {
        for (ImportDocument.Row row : rows) {
            errors.within(row.where(), () -> {
                rules.variables().expandAll(row.fields());
                TrustedIssuer issuer = TrustedIssuerJson.read(row.fields(), now, actor.label());
                if (!issuersInFile.add(issuer.name())) {
                    throw ServiceException.invalid("name", "stands in this file twice");
                }
                TrustedIssuer before = trusted.get(issuer.name());
                TrustedIssuer after = before == null ? issuer : issuer.madeAs(before);
                trusted.put(issuer.name(), after);
                if (!after.equals(before)) {
                    AuditEvent event = TrustedIssuers.changed(actor, now, before, after);
                    listener.issuerChanged(event);
                    issuersChanged++;
                    if (writes && errors.isEmpty()) {
                        transaction.put(after, event);
                    }
                }
            });
        }
    }

    private void keys(List<ImportDocument.Row> rows, ImportTransaction transaction, boolean writes) {
        Map<String, ImportRow> read = new LinkedHashMap<>();
        for (ImportDocument.Row row : rows) {
            errors.within(row.where(), () -> read.put(row.where(), ImportRow.read(row.index(), row.fields(), rules)));
        }
        meanings.lookUp(read.values(), transaction);
        knowScopes(read.values(), transaction);
        List<AccessKeyImportPlan.Change> changes = new ArrayList<>();
        List<AuditEvent> events = new ArrayList<>();
        read.forEach((where, row) -> errors.within(where, () -> {
            ImportPlanner.Planned planned = planner.plan(row, knownScopes, trusted.keySet());
            if (planned == null) {
                unchanged++;
            } else {
                AccessKeyImportPlan.Change change = planned.change();
                created += change.isNew() ? 1 : 0;
                changed += change.isNew() ? 0 : 1;
                generated += change.generated() == null ? 0 : 1;
                changes.add(change);
                events.addAll(planned.events());
                listener.keyChanged(change, planned.events());
            }
        }));
        if (writes && errors.isEmpty() && !changes.isEmpty()) {
            transaction.apply(new AccessKeyImportPlan(List.of(), changes, events));
        }
    }

    /** Learns which of the scopes that the rows name are listed, in the catalogue or in the file. */
    private void knowScopes(Iterable<ImportRow> rows, ImportTransaction transaction) {
        if (knownScopes.size() > SCOPES_REMEMBERED) {
            knownScopes.clear();
        }
        Set<String> unknown = new HashSet<>();
        for (ImportRow row : rows) {
            for (String name : ImportPlanner.scopesNamed(row.fields())) {
                if (!knownScopes.contains(name)) {
                    (scopesInFile.contains(name) ? knownScopes : unknown).add(name);
                }
            }
        }
        if (!unknown.isEmpty()) {
            knownScopes.addAll(transaction.listed(unknown));
        }
    }

    /** Deletes the keys that no row means, some at a time; answers how many that are. */
    private long prune(ImportTransaction transaction, boolean writes) {
        long compared = 0;
        long deleted = 0;
        List<AccessKey> keys = transaction.keysAfter("", KEYS_PRUNED_AT_ONCE);
        while (!keys.isEmpty()) {
            List<AccessKey> unnamed =
                    keys.stream().filter(key -> !meanings.isMeant(key.id())).toList();
            List<AuditEvent> events = new ArrayList<>();
            for (AccessKey key : unnamed) {
                AuditEvent event = AccessKeyEvents.deleted(actor, key, now);
                events.add(event);
                listener.keyDeleted(key, event);
            }
            if (writes && !unnamed.isEmpty()) {
                transaction.delete(unnamed, events);
            }
            deleted += unnamed.size();
            compared += keys.size();
            listener.compared(compared);
            keys = transaction.keysAfter(keys.get(keys.size() - 1).id(), KEYS_PRUNED_AT_ONCE);
        }
        return deleted;
    }
}
