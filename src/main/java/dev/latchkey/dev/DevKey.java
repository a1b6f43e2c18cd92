package dev.latchkey.dev;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySecret;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.audit.AuditEvent;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import dev.latchkey.scope.ScopeSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The key that a stand-in has ready. It may have any scope and any audience, as {@link DevIssuingRules} say; in the store
 * it has the reserved scopes, which the management API looks for. A key of the same id that the seed or a person made
 * takes its place and is one like any other.
 *
 * @param id its id
 * @param secret its secret, of any length
 */
record DevKey(String id, String secret) {
    private static final String CREATED_BY = "serve --dev";
    private static final String DESCRIPTION =
            "May have any scope and any audience. A key of this id in the seed takes its place.";

    /** Whether the key is the one that the stand-in made. */
    boolean is(AccessKey key) {
        return key.id().equals(id)
                && key.createdBy().equals(CREATED_BY)
                && key.settings().description().equals(DESCRIPTION);
    }

    /** Makes the key where the store has none of its id, and gives one that it made before another secret. Writes no audit event: the stand-in itself makes it. */
    void create(AccessKeyStore store, Instant now) {
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        AccessKeySecret given = AccessKeySecret.given(secret);
        StoredSecret stored = new StoredSecret(given.hash(), given.hint(), second, null, null);
        Optional<AccessKey> present = store.find(id);
        if (present.isEmpty()) {
            store.insert(
                    new AccessKey(id, settings(), List.of(stored), second, CREATED_BY, second, null, 1),
                    List.of(),
                    List.of());
        } else if (is(present.get()) && !present.get().secrets().get(0).hash().matches(given.hash())) {
            AccessKey renewed = present.get().changed(settings(), List.of(stored), second);
            var unused = store.update(
                    renewed,
                    present.get().revision(),
                    new AuditEvent(
                            second,
                            Actor.system(),
                            "key.rotate",
                            id,
                            renewed.settings().name(),
                            null,
                            null));
        }
    }

    private AccessKeySettings settings() {
        ScopeSet reserved = ScopeSet.of(
                Arrays.stream(Role.values()).map(ScopeSet::reservedFor).toList());
        return new AccessKeySettings(id, DESCRIPTION, reserved, true, null, List.of(), null, CustomClaims.NONE, null);
    }

    @Override
    public String toString() {
        return "DevKey[" + id + "]";
    }
}
