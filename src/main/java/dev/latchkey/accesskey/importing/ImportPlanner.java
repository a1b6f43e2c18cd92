package dev.latchkey.accesskey.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyEvents;
import dev.latchkey.accesskey.AccessKeyIds;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.FederatedSubject;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.ScopeRules;
import dev.latchkey.scope.ScopeSet;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Works out what one row of an import file makes of a key. Not thread-safe; lives for one reading of the file. */
final class ImportPlanner {
    private final Actor actor;
    private final Instant now;
    private final AccessKeyImport.Rules rules;
    private final TokenSizeRule tokenSize;
    private final SecureRandom random;
    private final ImportMeanings meanings;
    private final AscendingIds freshIds;

    /**
     * Plans for one reading.
     *
     * @param meanings knows the rows at hand
     * @param withoutId how many rows of the file have no id
     */
    ImportPlanner(
            Actor actor,
            Instant now,
            AccessKeyImport.Rules rules,
            TokenSizeRule tokenSize,
            SecureRandom random,
            ImportMeanings meanings,
            long withoutId) {
        this.tokenSize = tokenSize;
        this.actor = actor;
        this.now = now;
        this.rules = rules;
        this.random = random;
        this.meanings = meanings;
        this.freshIds = new AscendingIds(random, withoutId);
    }

    /** What becomes of a key, and what the audit log says of it. */
    record Planned(AccessKeyImportPlan.Change change, List<AuditEvent> events) {}

    /**
     * What the row makes of the key that it means.
     *
     * @param listed those of its scopes that the catalogue has, or will have
     * @param trusted the names of all issuers that there are, or will be
     * @return null when the key is as the row says
     * @throws ServiceException of kind INVALID that names the fields at fault
     */
    @Nullable
    Planned plan(ImportRow row, Set<String> listed, Set<String> trusted) {
        if (rules.secretRequired() && row.secrets() == null && !row.hasOtherProof()) {
            throw ServiceException.invalid(
                    "secret",
                    "is required here, or secret_sha256, jwks or federated: a generated one would not be shown");
        }
        AccessKey existing = meanings.existing(row);
        // Drawn for each row that may need one: how many do is not known before.
        String given = row.id();
        String id = given == null ? freshIds.next() : given;
        return existing == null ? add(row, id, listed, trusted) : change(row, existing, listed, trusted);
    }

    private Planned add(ImportRow row, String id, Set<String> listed, Set<String> trusted) {
        AccessKeySettings settings = AccessKeySettingsJson.create(row.fields());
        checkScopes(settings.scopes(), listed);
        checkIssuers(settings, trusted);
        tokenSize.checkNew(id, settings);
        DeclaredSecrets declared = row.secrets();
        @Nullable AccessKeySecret generated = null;
        if (declared == null) {
            generated = settings.hasOtherProof() ? null : AccessKeySecret.generate(random);
            declared = generated == null ? DeclaredSecrets.NONE : DeclaredSecrets.of(generated);
        }
        checkProof(declared, settings);
        AccessKey key = new AccessKey(id, settings, declared.stored(now), now, actor.label(), now, null, 1);
        if (row.id() == null) {
            meanings.made(id);
        } else {
            meanings.named(settings.name(), null);
        }
        return new Planned(
                new AccessKeyImportPlan.Change(key, 0, generated, row.id() == null),
                List.of(AccessKeyEvents.created(actor, key)));
    }

    private @Nullable Planned change(ImportRow row, AccessKey existing, Set<String> listed, Set<String> trusted) {
        AccessKeySettings settings = AccessKeySettingsJson.replace(existing.settings(), row.fields());
        if (row.fields().has("scopes")) {
            checkScopes(settings.scopes(), listed);
        }
        checkIssuers(settings, trusted);
        if (row.id() != null) {
            meanings.named(settings.name(), existing.settings().name());
        }
        DeclaredSecrets declared = row.secrets();
        List<StoredSecret> secrets = existing.secrets();
        if (declared != null) {
            checkProof(declared, settings);
            secrets = declared.applied(secrets, now);
        }
        List<AuditEvent> events = new ArrayList<>();
        AccessKey changed = existing.changed(settings, secrets, now);
        if (!settings.equals(existing.settings())) {
            tokenSize.checkChange(existing.id(), existing.settings(), settings);
            events.add(AccessKeyEvents.edited(actor, existing, changed));
        }
        if (!secrets.equals(existing.secrets())) {
            events.add(AccessKeyEvents.rotated(actor, existing, changed));
        }
        return events.isEmpty()
                ? null
                : new Planned(new AccessKeyImportPlan.Change(changed, existing.revision(), null, false), events);
    }

    /** A key that can prove itself in no way gets no token. */
    private static void checkProof(DeclaredSecrets declared, AccessKeySettings settings) {
        if (declared.isNone()) {
            settings.requireOtherProof();
        }
    }

    private static void checkIssuers(AccessKeySettings settings, Set<String> trusted) {
        for (FederatedSubject subject : settings.federated().subjects()) {
            if (!trusted.contains(subject.issuer())) {
                throw ServiceException.invalid(
                        "federated",
                        "names \"" + FieldError.cut(subject.issuer())
                                + "\", which is not a trusted issuer; add it to \"issuers\"");
            }
        }
    }

    private static void checkScopes(ScopeSet wanted, Set<String> listed) {
        Set<String> unknown = new TreeSet<>();
        for (String name : wanted.tokens()) {
            boolean fine = ScopeSet.isReserved(name) ? ScopeRules.roleOf(name).isPresent() : listed.contains(name);
            if (!fine) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw ServiceException.invalid(unknown.stream()
                    .map(name -> new FieldError(
                            "scopes", "holds \"" + name + "\", which is not in the catalogue; add it to \"scopes\""))
                    .toList());
        }
    }

    /** The scopes that a row names, as far as they are names; what else stands there is told when it is read. */
    static List<String> scopesNamed(ObjectNode fields) {
        List<String> names = new ArrayList<>();
        for (JsonNode item : fields.path("scopes")) {
            if (item.isTextual() && ScopeSet.isScopeToken(item.textValue())) {
                names.add(item.textValue());
            }
        }
        return names;
    }

    /**
     * The ids of an import's new keys: as random as any others, but one after the other in their order. A store keeps several
     * indexes by id, and a million ids in no order would each touch pages that no longer are in memory. Each id is the least of
     * those that are left to draw, so that none is kept (the order statistics of uniform numbers). Not thread-safe.
     */
    private static final class AscendingIds {
        private final SecureRandom random;
        private long left;
        private double reached;

        /** @param count how many ids are asked for */
        AscendingIds(SecureRandom random, long count) {
            this.random = random;
            this.left = count;
        }

        String next() {
            double step = 1 - Math.pow(1 - random.nextDouble(), 1.0 / Math.max(1, left));
            left--;
            reached += (1 - reached) * step;
            return AccessKeyIds.generate(Math.min(reached, Math.nextDown(1.0)), random);
        }
    }
}
