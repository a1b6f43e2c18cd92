package dev.latchkey.accesskey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.permission.Actor;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Works out what one import file would change in one store. Not thread-safe; lives for that alone. */
final class ImportPlanner {
    private final Actor actor;
    private final Instant now;
    private final AccessKeyImport.Rules rules;
    private final TokenSizeRule tokenSize;
    private final SecureRandom random;

    private final ImportErrors errors = new ImportErrors();
    private final List<AccessKeyImportPlan.Change> changes = new ArrayList<>();
    private final List<AuditEvent> events = new ArrayList<>();

    /** The keys of the store, and those that rows so far have added. */
    private final Map<String, AccessKey> byId = new HashMap<>();

    private final Map<String, List<AccessKey>> byName = new HashMap<>();
    private final Set<String> scopes = new HashSet<>();

    /** The keys that rows so far mean. */
    private final Set<String> meant = new HashSet<>();

    /** How many keys will have a name. */
    private final Map<String, Integer> namesAfter = new HashMap<>();

    ImportPlanner(Actor actor, Instant now, AccessKeyImport.Rules rules, TokenSizeRule tokenSize, SecureRandom random) {
        this.tokenSize = tokenSize;
        this.actor = actor;
        this.now = now;
        this.rules = rules;
        this.random = random;
    }

    /** Fails with INVALID that names the rows and fields at fault. */
    AccessKeyImportPlan plan(Map<String, Object> json, List<Scope> storedScopes, List<AccessKey> storedKeys) {
        ImportDocument document = new ImportDocument(json, errors);
        storedKeys.forEach(this::know);
        storedScopes.forEach(scope -> scopes.add(scope.name()));
        List<Scope> newScopes = document.scopes(now, actor.label()).stream()
                .filter(scope -> scopes.add(scope.name()))
                .toList();
        newScopes.forEach(scope -> events.add(ScopeCatalogue.added(actor, scope)));
        Map<String, String> meantByName = new LinkedHashMap<>();
        for (ImportDocument.Row row : document.keys()) {
            errors.within(row.where(), () -> {
                ImportRow read = ImportRow.read(row.index(), row.fields(), rules.anySecret());
                change(read);
                if (read.id() == null) {
                    meantByName.put(row.where(), read.name());
                }
            });
        }
        // Else the same file would not know next time which key it means.
        meantByName.forEach((where, name) -> {
            if (namesAfter.getOrDefault(name, 0) > 1) {
                errors.add(where + ".name", "would be that of more than one key; give the id");
            }
        });
        errors.throwIfAny();
        return new AccessKeyImportPlan(newScopes, changes, events);
    }

    private void know(AccessKey key) {
        byId.put(key.id(), key);
        byName.computeIfAbsent(key.settings().name(), unused -> new ArrayList<>())
                .add(key);
        namesAfter.merge(key.settings().name(), 1, Integer::sum);
    }

    private void change(ImportRow row) {
        if (rules.secretRequired() && row.secret() == null) {
            throw LatchkeyException.invalid("secret", "is required here: nobody would see a generated one");
        }
        AccessKey existing = existing(row);
        if (existing != null && !meant.add(existing.id())) {
            String field = row.id() == null ? "name" : "id";
            throw LatchkeyException.invalid(field, "means a key that stands in this file twice");
        }
        if (existing == null) {
            add(row);
        } else {
            change(row, existing);
        }
    }

    private @Nullable AccessKey existing(ImportRow row) {
        if (row.id() != null) {
            return byId.get(row.id());
        }
        List<AccessKey> named = byName.getOrDefault(row.name(), List.of());
        if (named.size() > 1) {
            throw LatchkeyException.invalid("name", "is that of more than one key; give the id");
        }
        return named.isEmpty() ? null : named.get(0);
    }

    private void add(ImportRow row) {
        AccessKeySettings settings = AccessKeySettingsJson.create(row.fields());
        checkScopes(settings.scopes());
        @Nullable AccessKeySecret generated = row.secret() == null ? AccessKeySecret.generate(random) : null;
        AccessKeySecret secret = Objects.requireNonNullElse(generated, row.secret());
        String id = row.id() == null ? AccessKeyIds.generate(random) : row.id();
        tokenSize.checkNew(id, settings);
        AccessKey key = new AccessKey(id, settings, List.of(stored(secret)), now, actor.label(), now, null, 1);
        know(key);
        meant.add(id);
        changes.add(new AccessKeyImportPlan.Change(key, 0, generated, row.id() == null));
        events.add(new AuditEvent(now, actor, "key.create", id, null, AccessKeyJson.settingsText(settings)));
    }

    private void change(ImportRow row, AccessKey existing) {
        AccessKeySettings settings = AccessKeySettingsJson.replace(existing.settings(), row.fields());
        checkScopes(settings.scopes());
        AccessKeySecret given = row.secret();
        @Nullable StoredSecret other = given == null || isThere(given, existing.secrets()) ? null : stored(given);
        List<StoredSecret> secrets = other == null ? existing.secrets() : List.of(other);
        String id = existing.id();
        if (!settings.equals(existing.settings())) {
            tokenSize.checkChange(id, existing.settings(), settings);
            String before = AccessKeyJson.settingsText(existing.settings());
            events.add(new AuditEvent(now, actor, "key.edit", id, before, AccessKeyJson.settingsText(settings)));
        } else if (other == null) {
            return;
        }
        if (other != null) {
            String before = AccessKeyJson.secretsText(existing.secrets());
            events.add(new AuditEvent(now, actor, "key.rotate", id, before, AccessKeyJson.secretsText(secrets)));
        }
        namesAfter.merge(existing.settings().name(), -1, Integer::sum);
        namesAfter.merge(settings.name(), 1, Integer::sum);
        changes.add(new AccessKeyImportPlan.Change(
                existing.changed(settings, secrets, now), existing.revision(), null, false));
    }

    private boolean isThere(AccessKeySecret given, List<StoredSecret> secrets) {
        SecretHash hash = given.hash();
        return secrets.stream()
                .anyMatch(secret -> secret.isLive(now) && secret.hash().matches(hash));
    }

    private StoredSecret stored(AccessKeySecret secret) {
        return new StoredSecret(secret.hash(), secret.hint(), now, null, null);
    }

    private void checkScopes(ScopeSet wanted) {
        Set<String> unknown = new TreeSet<>();
        for (String name : wanted.tokens()) {
            boolean fine = ScopeSet.isReserved(name) ? ScopeRules.roleOf(name).isPresent() : scopes.contains(name);
            if (!fine) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw LatchkeyException.invalid(unknown.stream()
                    .map(name -> new FieldError(
                            "scopes", "holds \"" + name + "\", which is not in the catalogue; add it to \"scopes\""))
                    .toList());
        }
    }
}
