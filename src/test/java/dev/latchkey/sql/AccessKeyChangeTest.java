package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.ANN;
import static dev.latchkey.sql.Samples.NOW;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.fullKey;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static dev.latchkey.sql.Samples.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.scope.ScopeSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises about access keys that change and go. */
class AccessKeyChangeTest extends StoreContract {
    private static final Instant LATER = NOW.plusSeconds(60);

    @BeforeEach
    void addScopes() {
        store.scopes().insert(List.of(scope("vault"), scope("fx"), scope("gateway")), List.of());
    }

    @Test
    void findByName_isExact_newestFirst() {
        insert(fullKey("one", "Orders", "", "fx"));
        insert(key("two", AccessKeySettings.named("Orders", scopes("fx")), LATER));
        insert(key("three", AccessKeySettings.named("orders", scopes("fx")), NOW));

        assertThat(store.accessKeys().findByName("Orders", 5))
                .extracting(AccessKey::id)
                .containsExactly("two", "one");
        assertThat(store.accessKeys().findByName("Orders", 5).get(1).secrets()).hasSize(2);
        assertThat(store.accessKeys().findByName("Orders", 1))
                .extracting(AccessKey::id)
                .containsExactly("two");
        assertThat(store.accessKeys().findByName("Order", 5)).isEmpty();
        assertThat(store.accessKeys().findByName("Orders\0", 5)).isEmpty();
    }

    @Test
    void update_replacesSettingsAndSecrets_andKeepsTheRest() throws SQLException {
        insert(key("one", "fx", "gateway"));
        StoredSecret kept = secret("secret of one");
        record(new AccessKeyStore.Use("one", kept.hash(), LATER));
        AccessKey full = fullKey("one", "Renamed", "New", "vault", "latchkey:admin", "fx");
        StoredSecret ending = new StoredSecret(kept.hash(), kept.hint(), NOW, LATER, null);
        StoredSecret fresh = new StoredSecret(SecretHash.of("fresh"), "resh", LATER, null, null);
        AccessKey changed = new AccessKey(
                "one", full.settings(), List.of(ending, fresh), LATER, "somebody", LATER.plusSeconds(1), null, 2);

        assertThat(store.accessKeys().update(changed, 1, event("key.edit", "one")))
                .isTrue();

        AccessKey found = open().accessKeys().find("one").orElseThrow();
        assertThat(found.settings()).isEqualTo(full.settings());
        assertThat(found.createdAt()).isEqualTo(NOW);
        assertThat(found.createdBy()).isEqualTo(ANN.label());
        assertThat(found.updatedAt()).isEqualTo(LATER.plusSeconds(1));
        assertThat(found.lastUsedAt()).isEqualTo(LATER);
        assertThat(found.revision()).isEqualTo(2);
        assertThat(found.secrets())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(new StoredSecret(kept.hash(), kept.hint(), NOW, LATER, LATER), fresh);
        assertThat(column("SELECT scope FROM access_key_scopes WHERE key_id = 'one' ORDER BY scope"))
                .containsExactly("fx", "vault");
        assertThat(audited()).containsExactly("key.create one", "key.edit one");
    }

    @Test
    void update_dropsSecrets_andMayOrderTheOthersAnew() {
        insert(fullKey("one", "n", "", "fx"));
        List<StoredSecret> both = store.accessKeys().find("one").orElseThrow().secrets();

        update("one", 7, List.of(both.get(1), both.get(0)));
        assertThat(hints("one")).hasSize(2);
        assertThat(store.accessKeys()
                        .find("one")
                        .orElseThrow()
                        .secrets()
                        .get(1)
                        .hash()
                        .matches(both.get(0).hash()))
                .isTrue();

        update("one", 8, List.of());
        assertThat(store.accessKeys().find("one").orElseThrow().secrets()).isEmpty();
    }

    @Test
    void update_otherRevision_orNoKey_changesNothing() throws SQLException {
        insert(key("one", "fx"));
        AccessKey changed = fullKey("one", "Renamed", "", "vault");

        assertThat(store.accessKeys().update(changed, 2, event("key.edit", "one")))
                .isFalse();
        assertThat(store.accessKeys().update(fullKey("two", "n", "", "fx"), 1, event("key.edit", "two")))
                .isFalse();

        assertThat(store.accessKeys().find("one"))
                .get()
                .usingRecursiveComparison()
                .isEqualTo(key("one", "fx"));
        assertThat(audited()).containsExactly("key.create one");
    }

    @Test
    void update_unknownScope_isInvalid_andChangesNothing() throws SQLException {
        insert(key("one", "fx"));

        assertThat(failure(
                        ErrorKind.INVALID,
                        () -> store.accessKeys()
                                .update(fullKey("one", "Renamed", "", "fx", "nowhere"), 1, event("key.edit", "one"))))
                .hasMessageContaining("nowhere");

        assertThat(store.accessKeys().find("one").orElseThrow().settings().name())
                .isEqualTo("Key one");
        assertThat(hints("one")).hasSize(1);
        assertThat(audited()).containsExactly("key.create one");
    }

    @Test
    void update_aScopeTakenFromTheKey_canLeaveTheCatalogue() {
        insert(key("one", "fx", "vault"));
        update("one", 1, AccessKeySettings.named("n", scopes("vault")));

        store.scopes().delete("fx", event("scope.remove", "fx"));
        failure(ErrorKind.CONFLICT, () -> store.scopes().delete("vault", event("scope.remove", "vault")));
    }

    @Test
    void update_bySeveralStoresAtOnce_oneWins() throws Exception {
        insert(key("one", "fx"));
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            SqlStore other = open();
            AccessKey changed = fullKey("one", "Winner " + i, "", i % 2 == 0 ? "fx" : "vault");
            calls.add(() -> other.accessKeys().update(changed, 1, event("key.edit", "one")));
        }

        assertThat(together(calls)).containsOnlyOnce(true);

        assertThat(audited()).containsExactly("key.create one", "key.edit one");
        assertThat(column("SELECT scope FROM access_key_scopes")).hasSize(1);
    }

    @Test
    void delete_atTheExpectedRevisionAlone_takesEverythingAlong() throws SQLException {
        insert(fullKey("one", "n", "", "fx"));

        assertThat(store.accessKeys().delete("one", 6, event("key.delete", "one")))
                .isFalse();
        assertThat(store.accessKeys().delete("one", 7, event("key.delete", "one")))
                .isTrue();
        assertThat(store.accessKeys().delete("one", 7, event("key.delete", "one")))
                .isFalse();

        assertThat(store.accessKeys().find("one")).isEmpty();
        assertThat(column("SELECT key_id FROM access_key_secrets")).isEmpty();
        store.scopes().delete("fx", event("scope.remove", "fx"));
        assertThat(audited()).containsExactly("key.create one", "key.delete one", "scope.remove fx");
    }

    private void update(String id, long revision, List<StoredSecret> secrets) {
        AccessKey key = store.accessKeys().find(id).orElseThrow();
        AccessKey changed = new AccessKey(id, key.settings(), secrets, NOW, "x", LATER, null, revision + 1);
        assertThat(store.accessKeys().update(changed, revision, event("key.rotate", id)))
                .isTrue();
    }

    private void update(String id, long revision, AccessKeySettings settings) {
        AccessKey key = store.accessKeys().find(id).orElseThrow();
        AccessKey changed = new AccessKey(id, settings, key.secrets(), NOW, "x", LATER, null, revision + 1);
        assertThat(store.accessKeys().update(changed, revision, event("key.edit", id)))
                .isTrue();
    }

    private List<String> hints(String id) {
        return store.accessKeys().find(id).orElseThrow().secrets().stream()
                .map(StoredSecret::hint)
                .toList();
    }

    private void record(AccessKeyStore.Use... uses) {
        store.accessKeys().recordUses(List.of(uses));
    }

    private static ScopeSet scopes(String... names) {
        return ScopeSet.of(List.of(names));
    }

    private void insert(AccessKey key) {
        store.accessKeys().insert(key, List.of(), List.of(event("key.create", key.id())));
    }
}
