package dev.latchkey.accesskey.importing;

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
import org.jspecify.annotations.Nullable;

/**
 * One reading of an import file within one transaction: scopes first, then issuers and keys, some rows at a time. Goes on after a bad
 * row to name the others too, and writes nothing from there on. Not thread-safe.
 */
final class ImportRun {
    /** So many names of scopes are remembered as listed before they are looked up again. */
    private static final int SCOPES_REMEMBERED = 1000;

    private final ImportDocument document;
    private final ImportDocument.Counts counts;
    private final ImportErrors errors;
    private final ImportListener listener;
    private final Actor actor;
    private final Instant now;
    private final AccessKeyImport.Rules rules;
    private final ImportPlanner planner;

    /** The names of the scopes in the file. */
    private final HashedTexts scopesInFile;

    private final Set<String> knownScopes = new HashSet<>();
    private final Set<String> issuersInFile = new HashSet<>();
    private ImportTotals totals = ImportTotals.NOTHING;

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
        this.planner = new ImportPlanner(actor, now, rules, tokenSize, random, counts.keysWithoutId());
        this.scopesInFile = new HashedTexts(random);
    }

    /**
     * Works out all rows, and writes them unless one of them is bad.
     *
     * @param writes whether anything is to be written at all
     * @throws ServiceException of kind INVALID that names the rows and fields at fault
     */
    ImportTotals in(ImportTransaction transaction, boolean writes) {
        document.scopes(rows -> scopes(rows, transaction, writes));
        Map<String, TrustedIssuer> trusted = new LinkedHashMap<>();
        transaction.issuers().forEach(issuer -> trusted.put(issuer.name(), issuer));
        document.issuers(rows -> issuers(rows, trusted, transaction, writes));
        planner.trust(trusted.keySet());
        document.keys(rows -> {
            keys(rows, transaction, writes);
            listener.progress(rows.get(rows.size() - 1).index() + 1L, counts.keys());
        });
        errors.throwIfAny();
        if (rules.prunes()) {
            long deleted = new ImportPruning(transaction, listener, actor, now).run(planner::isMeant, writes);
            totals = totals.plus(new ImportTotals(0, 0, 0, 0, deleted, 0, 0));
        }
        return totals;
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
        totals = totals.plus(new ImportTotals(scopes.size(), 0, 0, 0, 0, 0, 0));
        if (writes && errors.isEmpty()) {
            transaction.apply(new AccessKeyImportPlan(List.copyOf(scopes.values()), List.of(), events));
        }
    }

    private void issuers(
            List<ImportDocument.Row> rows,
            Map<String, TrustedIssuer> trusted,
            ImportTransaction transaction,
            boolean writes) {
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
                    totals = totals.plus(new ImportTotals(0, 1, 0, 0, 0, 0, 0));
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
            errors.within(row.where(), () -> read.put(row.where(), planner.read(row.index(), row.fields())));
        }
        FoundKeys found = new FoundKeys(read.values(), transaction);
        knowScopes(read.values(), transaction);
        List<AccessKeyImportPlan.Change> changes = new ArrayList<>();
        List<AuditEvent> events = new ArrayList<>();
        read.forEach((where, row) -> errors.within(where, () -> {
            ImportPlanner.Planned planned = planner.plan(row, found.key(row), found.isSeveral(row.name()), knownScopes);
            count(planned);
            if (planned != null) {
                changes.add(planned.change());
                events.addAll(planned.events());
                listener.keyChanged(planned.change(), planned.events());
            }
        }));
        if (writes && errors.isEmpty() && !changes.isEmpty()) {
            transaction.apply(new AccessKeyImportPlan(List.of(), changes, events));
        }
    }

    private void count(ImportPlanner.@Nullable Planned planned) {
        boolean created = planned != null && planned.change().isNew();
        boolean generated = planned != null && planned.change().generated() != null;
        totals = totals.plus(new ImportTotals(
                0,
                0,
                created ? 1 : 0,
                planned != null && !created ? 1 : 0,
                0,
                planned == null ? 1 : 0,
                generated ? 1 : 0));
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
}
