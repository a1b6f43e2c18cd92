package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.ANN;
import static dev.latchkey.sql.Samples.NOW;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.fullKey;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static dev.latchkey.sql.Samples.secret;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.AccessKeyImportPlan;
import dev.latchkey.accesskey.importing.AccessKeyImportPlan.Change;
import dev.latchkey.accesskey.importing.Imported;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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

    @Test
    void recordUses_movesForward_neverBack_andPassesOverWhatIsGone() {
        insert(fullKey("two", "n", "", "fx"));
        insert(key("one", "fx"));
        SecretHash older = SecretHash.of("the older secret");
        SecretHash younger = SecretHash.of("the younger secret");

        record(
                new AccessKeyStore.Use("two", younger, NOW.plusSeconds(40)),
                new AccessKeyStore.Use("gone", younger, LATER),
                new AccessKeyStore.Use("two", SecretHash.of("dropped"), NOW.plusSeconds(50)),
                new AccessKeyStore.Use("two", older, NOW.plusSeconds(20)),
                new AccessKeyStore.Use("one", null, NOW.plusSeconds(5)));

        AccessKey two = store.accessKeys().find("two").orElseThrow();
        assertThat(two.lastUsedAt()).isEqualTo(NOW.plusSeconds(50));
        assertThat(two.secrets())
                .extracting(StoredSecret::lastUsedAt)
                .containsExactly(NOW.plusSeconds(30), NOW.plusSeconds(40));
        assertThat(two.revision()).isEqualTo(7);
        AccessKey one = store.accessKeys().find("one").orElseThrow();
        assertThat(one.lastUsedAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(one.secrets().get(0).lastUsedAt()).isNull();

        record(new AccessKeyStore.Use("two", younger, NOW.plusSeconds(39)), new AccessKeyStore.Use("one", null, NOW));
        assertThat(store.accessKeys().find("two"))
                .get()
                .usingRecursiveComparison()
                .isEqualTo(two);
        assertThat(store.accessKeys().find("one").orElseThrow().lastUsedAt()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void recordUses_besideUpdatesAndImports_failNobody() throws Exception {
        List<AccessKey> keys = IntStream.range(0, 20)
                .mapToObj(i -> fullKey("key-" + i, "n" + i, "", "fx"))
                .toList();
        keys.forEach(this::insert);
        List<AccessKeyStore.Use> uses = new ArrayList<>();
        for (AccessKey key : keys) {
            key.secrets().forEach(secret -> uses.add(new AccessKeyStore.Use(key.id(), secret.hash(), LATER)));
        }
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SqlStore other = open();
            boolean forwards = i % 2 == 0;
            calls.add(() -> {
                for (int round = 0; round < 10; round++) {
                    other.accessKeys().recordUses(forwards ? uses : reversed(uses));
                }
                return 0;
            });
            calls.add(() -> editAll(other, forwards ? keys : reversed(keys)));
        }

        together(calls);

        assertThat(store.accessKeys().all()).allSatisfy(key -> {
            assertThat(key.lastUsedAt()).isEqualTo(LATER);
            assertThat(key.secrets()).extracting(StoredSecret::lastUsedAt).containsExactly(LATER, LATER);
        });
    }

    @Test
    void apply_addsAndReplaces_allAtOnce() throws SQLException {
        insert(key("old", "fx"));
        AccessKey replaced = fullKey("old", "Renamed", "", "new");
        AccessKey added = key("added", "new", "vault");

        store.imports()
                .apply(new AccessKeyImportPlan(
                        List.of(scope("new"), scope("fx")),
                        List.of(new Change(replaced, 1, null, false), new Change(added, 0, null, true)),
                        List.of(
                                event("scope.add", "new"),
                                event("scope.add", "fx"),
                                event("key.edit", "old"),
                                event("key.create", "added"))));

        assertThat(store.accessKeys().find("old").orElseThrow().settings()).isEqualTo(replaced.settings());
        assertThat(hints("old")).hasSize(2);
        assertThat(store.accessKeys().find("added"))
                .get()
                .usingRecursiveComparison()
                .isEqualTo(added);
        assertThat(audited()).containsExactly("key.create old", "scope.add new", "key.edit old", "key.create added");
    }

    @Test
    void apply_anythingChangedMeanwhile_isConflict_andDoesNothing() throws SQLException {
        insert(key("old", "fx"));
        Change fine = new Change(key("fine", "new"), 0, null, true);
        AccessKey old = fullKey("old", "Renamed", "", "new");
        AccessKey sameName = new AccessKey(
                "other",
                AccessKeySettings.named("Key old", scopes("fx")),
                List.of(secret("other")),
                NOW,
                "x",
                NOW,
                null,
                1);

        for (Change stale : List.of(
                new Change(old, 2, null, false),
                new Change(fullKey("gone", "n", "", "fx"), 1, null, false),
                new Change(key("old", "fx"), 0, null, false),
                new Change(sameName, 0, null, true))) {
            failure(ErrorKind.CONFLICT, () -> apply(List.of(scope("new")), List.of(fine, stale)));
        }
        failure(ErrorKind.INVALID, () -> apply(List.of(), List.of(fine)));

        assertThat(store.accessKeys().all()).extracting(AccessKey::id).containsExactly("old");
        assertThat(store.accessKeys().find("old").orElseThrow().revision()).isEqualTo(1);
        assertThat(store.scopes().all()).extracting(Scope::name).doesNotContain("new");
        assertThat(audited()).containsExactly("key.create old");
        apply(List.of(), List.of(new Change(sameName, 0, null, false)));
    }

    @Test
    void apply_bySeveralStoresAtOnce_addsANameOnce() throws Exception {
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            SqlStore other = open();
            AccessKey key = key("key-" + i, AccessKeySettings.named("Same", scopes("new")), NOW);
            AccessKeyImportPlan plan =
                    new AccessKeyImportPlan(List.of(scope("new")), List.of(new Change(key, 0, null, true)), List.of());
            calls.add(() -> {
                try {
                    other.imports().apply(plan);
                    return true;
                } catch (RuntimeException e) {
                    assertThat(e).hasMessageContaining("name already");
                    return false;
                }
            });
        }

        assertThat(together(calls)).containsOnlyOnce(true);
        assertThat(store.accessKeys().findByName("Same", 5)).hasSize(1);
    }

    @Test
    void uses_thatCannotBeWritten_areWrittenTheNextTime() throws SQLException {
        insert(key("one", "fx"));
        AccessKeyUses uses = new AccessKeyUses(store.accessKeys());
        SecretHash secret = SecretHash.of("secret of one");
        uses.note("one", secret, ScopeSet.NONE, LATER);

        execute("ALTER TABLE access_keys RENAME TO away");
        failure(ErrorKind.UNAVAILABLE, uses::flush);
        uses.note("one", secret, ScopeSet.NONE, NOW);
        execute("ALTER TABLE away RENAME TO access_keys");
        uses.flush();

        assertThat(store.accessKeys().find("one").orElseThrow().lastUsedAt()).isEqualTo(LATER);
        store.close();
        uses.flush();
    }

    @Test
    void fiveThousandKeys_areImported_andAllOfThemChanged() {
        Actor owner = Actor.operator("test");
        AccessKeyImport imports =
                new AccessKeyImport(store.imports(), Clock.fixed(NOW, UTC), new TokenSizeRule((id, settings) -> 0));
        AccessKeyImport.Rules rules = new AccessKeyImport.Rules(false, false);

        assertThat(Imported.run(imports, owner, manyKeys("First"), rules).changes())
                .hasSize(5000);
        assertThat(Imported.compare(imports, owner, manyKeys("First"), rules).isEmpty())
                .isTrue();
        assertThat(Imported.run(imports, owner, manyKeys("Second"), rules).changes())
                .hasSize(5000);

        assertThat(store.accessKeys().all())
                .hasSize(5000)
                .allSatisfy(key -> assertThat(key.settings().description()).isEqualTo("Second"))
                .allSatisfy(key -> assertThat(key.revision()).isEqualTo(2));
    }

    private static Map<String, Object> manyKeys(String description) {
        List<Object> keys = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            keys.add(Map.of(
                    "name",
                    "Key " + i,
                    "description",
                    description,
                    "scopes",
                    List.of("fx", "vault", "gateway", "new")));
        }
        return Map.of("scopes", List.of(Map.of("name", "new")), "keys", keys);
    }

    private int editAll(SqlStore other, List<AccessKey> keys) {
        int done = 0;
        for (AccessKey key : keys) {
            AccessKey now = other.accessKeys().find(key.id()).orElseThrow();
            AccessKey changed =
                    new AccessKey(now.id(), now.settings(), now.secrets(), NOW, "x", LATER, null, now.revision() + 1);
            done += other.accessKeys().update(changed, now.revision(), event("key.edit", now.id())) ? 1 : 0;
        }
        List<Change> changes = keys.stream()
                .map(key -> other.accessKeys().find(key.id()).orElseThrow())
                .map(key -> new Change(
                        new AccessKey(
                                key.id(), key.settings(), key.secrets(), NOW, "x", LATER, null, key.revision() + 1),
                        key.revision(),
                        null,
                        false))
                .toList();
        try {
            other.imports().apply(new AccessKeyImportPlan(List.of(), changes, List.of()));
        } catch (RuntimeException e) {
            assertThat(e).hasMessageContaining("import again");
        }
        return done;
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>();
        list.forEach(item -> reversed.add(0, item));
        return reversed;
    }

    private void apply(List<Scope> scopes, List<Change> changes) {
        store.imports().apply(new AccessKeyImportPlan(scopes, changes, List.of(event("import", "x"))));
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
