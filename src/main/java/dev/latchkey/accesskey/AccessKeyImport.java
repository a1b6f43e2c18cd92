package dev.latchkey.accesskey;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.json.Json;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Permission;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the store to what a document says: {@code {"scopes":[…], "keys":[…]}}. The whole document is worked out before
 * anything is written, then written in one transaction; doing it twice changes nothing. Thread-safe.
 */
public final class AccessKeyImport {
    /** How often an import is worked out anew when others change the same keys meanwhile. */
    private static final int TRIES = 20;

    private final AccessKeyStore keys;
    private final ScopeStore scopes;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public AccessKeyImport(AccessKeyStore keys, ScopeStore scopes, Clock clock) {
        this.keys = keys;
        this.scopes = scopes;
        this.clock = clock;
    }

    /**
     * How strict an import is.
     *
     * @param anySecret whether a given secret may be shorter than 32 characters
     * @param secretRequired whether each row must give one, because nobody would see a generated one
     */
    public record Rules(boolean anySecret, boolean secretRequired) {}

    /** Works out and writes, again from the start when others change the same keys meanwhile. Answers what was done. */
    public AccessKeyImportPlan run(Actor actor, Map<String, Object> document, Rules rules) {
        for (int i = 1; ; i++) {
            AccessKeyImportPlan plan = plan(actor, document, rules);
            try {
                apply(actor, plan);
                return plan;
            } catch (LatchkeyException e) {
                if (e.kind() != ErrorKind.CONFLICT || i == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Writes what a plan says, all or nothing. */
    public void apply(Actor actor, AccessKeyImportPlan plan) {
        actor.require(Permission.CHANGE_KEYS);
        actor.require(Permission.MANAGE_SCOPES);
        if (!plan.isEmpty()) {
            keys.apply(plan);
        }
    }

    /**
     * What the document would change.
     *
     * @throws LatchkeyException of kind INVALID that names the rows and fields at fault, as {@code keys[3].name}
     */
    public AccessKeyImportPlan plan(Actor actor, Map<String, Object> document, Rules rules) {
        actor.require(Permission.CHANGE_KEYS);
        actor.require(Permission.MANAGE_SCOPES);
        return new Planner(actor, clock.instant().truncatedTo(ChronoUnit.SECONDS)).plan(document, rules);
    }

    /** Works out one document. Lives for it alone. */
    private final class Planner {
        private final Actor actor;
        private final Instant now;
        private final List<FieldError> errors = new ArrayList<>();
        private final List<AuditEvent> events = new ArrayList<>();
        private final Map<String, AccessKey> byId = new HashMap<>();
        private final Map<String, List<AccessKey>> byName = new HashMap<>();

        Planner(Actor actor, Instant now) {
            this.actor = actor;
            this.now = now;
        }

        AccessKeyImportPlan plan(Map<String, Object> document, Rules rules) {
            for (String name : document.keySet()) {
                if (!name.equals("scopes") && !name.equals("keys")) {
                    errors.add(new FieldError(name, "is not known here; there are \"scopes\" and \"keys\""));
                }
            }
            Map<String, Scope> known = new LinkedHashMap<>();
            scopes.all().forEach(scope -> known.put(scope.name(), scope));
            for (AccessKey key : keys.all()) {
                byId.put(key.id(), key);
                byName.computeIfAbsent(key.settings().name(), unused -> new ArrayList<>())
                        .add(key);
            }
            List<Scope> newScopes = newScopes(document, known.keySet());
            newScopes.forEach(scope -> known.put(scope.name(), scope));
            List<AccessKeyImportPlan.Change> changes = changes(document, rules, known.keySet());
            if (!errors.isEmpty()) {
                throw LatchkeyException.invalid(errors);
            }
            return new AccessKeyImportPlan(newScopes, changes, events);
        }

        private List<Scope> newScopes(Map<String, Object> document, Set<String> known) {
            List<Scope> added = new ArrayList<>();
            Set<String> seen = new HashSet<>(known);
            List<Map<String, Object>> rows = rows(document, "scopes");
            for (int i = 0; i < rows.size(); i++) {
                String where = "scopes[" + i + "]";
                Object name = rows.get(i).get("name");
                Object description = rows.get(i).getOrDefault("description", "");
                if (!(name instanceof String text) || !(description instanceof String words)) {
                    errors.add(new FieldError(where, "must have a name and may have a description, both strings"));
                    continue;
                }
                List<FieldError> wrong = new ArrayList<>();
                ScopeCatalogue.checkName(text, wrong);
                Text.check("description", words, 0, Scope.MAX_DESCRIPTION, true, wrong);
                wrong.forEach(error -> errors.add(new FieldError(where + "." + error.field(), error.message())));
                if (wrong.isEmpty() && seen.add(text)) {
                    Scope scope = new Scope(text, words, now, actor.label());
                    added.add(scope);
                    events.add(ScopeCatalogue.added(actor, scope));
                }
            }
            return added;
        }

        private List<AccessKeyImportPlan.Change> changes(
                Map<String, Object> document, Rules rules, Set<String> knownScopes) {
            List<AccessKeyImportPlan.Change> changes = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            List<Map<String, Object>> rows = rows(document, "keys");
            for (int i = 0; i < rows.size(); i++) {
                String where = "keys[" + i + "]";
                try {
                    ImportRow row = ImportRow.read(i, rows.get(i), rules.anySecret());
                    if (rules.secretRequired() && row.secret() == null) {
                        throw LatchkeyException.invalid("secret", "is required here: nobody would see a generated one");
                    }
                    AccessKeyImportPlan.@Nullable Change change = change(row, knownScopes);
                    if (!seen.add(row.id() == null ? "name:" + row.name() : "id:" + row.id())) {
                        throw LatchkeyException.invalid(row.id() == null ? "name" : "id", "stands in this file twice");
                    }
                    if (change != null) {
                        changes.add(change);
                    }
                } catch (LatchkeyException e) {
                    e.errors()
                            .forEach(error -> errors.add(new FieldError(where + "." + error.field(), error.message())));
                }
            }
            return changes;
        }

        /** What the row makes of the key that it means; null when that key is so already. */
        private AccessKeyImportPlan.@Nullable Change change(ImportRow row, Set<String> knownScopes) {
            AccessKey existing = existing(row);
            AccessKeySettings settings = existing == null
                    ? AccessKeySettingsJson.create(row.fields())
                    : AccessKeySettingsJson.replace(existing.settings(), row.fields());
            checkScopes(settings.scopes(), knownScopes);
            return existing == null ? added(row, settings) : changed(row, existing, settings);
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

        private AccessKeyImportPlan.Change added(ImportRow row, AccessKeySettings settings) {
            @Nullable AccessKeySecret generated = row.secret() == null ? AccessKeySecret.generate(random) : null;
            AccessKeySecret secret = generated == null ? row.secret() : generated;
            String id = row.id() == null ? AccessKeyIds.generate(random) : row.id();
            List<StoredSecret> secrets = List.of(stored(Objects.requireNonNull(secret)));
            AccessKey key = new AccessKey(id, settings, secrets, now, actor.label(), now, null, 1);
            events.add(new AuditEvent(now, actor, "key.create", id, null, AccessKeyJson.settingsText(settings)));
            return new AccessKeyImportPlan.Change(key, 0, generated);
        }

        private AccessKeyImportPlan.@Nullable Change changed(
                ImportRow row, AccessKey existing, AccessKeySettings settings) {
            List<StoredSecret> secrets = secrets(row.secret(), existing.secrets());
            if (settings.equals(existing.settings()) && secrets.equals(existing.secrets())) {
                return null;
            }
            String before = AccessKeyJson.settingsText(existing.settings());
            String after = AccessKeyJson.settingsText(settings);
            events.add(new AuditEvent(now, actor, "key.edit", existing.id(), before, after));
            return new AccessKeyImportPlan.Change(existing.changed(settings, secrets, now), existing.revision(), null);
        }

        /** A given secret that the key does not have replaces all that it has. */
        private List<StoredSecret> secrets(@Nullable AccessKeySecret given, List<StoredSecret> present) {
            if (given == null) {
                return present;
            }
            SecretHash hash = given.hash();
            boolean there = present.stream()
                    .anyMatch(secret -> secret.isLive(now) && secret.hash().matches(hash));
            return there ? present : List.of(stored(given));
        }

        private StoredSecret stored(AccessKeySecret secret) {
            return new StoredSecret(secret.hash(), secret.hint(), now, null, null);
        }

        private void checkScopes(ScopeSet wanted, Set<String> known) {
            List<FieldError> wrong = new ArrayList<>();
            for (String name : wanted.tokens()) {
                boolean fine =
                        ScopeSet.isReserved(name) ? ScopeRules.roleOf(name).isPresent() : known.contains(name);
                if (!fine) {
                    wrong.add(new FieldError(
                            "scopes", "holds \"" + name + "\", which is not in the catalogue; add it to \"scopes\""));
                }
            }
            if (!wrong.isEmpty()) {
                throw LatchkeyException.invalid(wrong);
            }
        }

        private List<Map<String, Object>> rows(Map<String, Object> document, String name) {
            Object value = document.getOrDefault(name, List.of());
            List<Map<String, Object>> rows = new ArrayList<>();
            if (!(value instanceof List<?> items)) {
                errors.add(new FieldError(name, "must be an array"));
                return rows;
            }
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof Map<?, ?> row) {
                    rows.add(Json.asObject(row));
                } else {
                    rows.add(Map.of());
                    errors.add(new FieldError(name + "[" + i + "]", "must be an object"));
                }
            }
            return rows;
        }
    }
}
