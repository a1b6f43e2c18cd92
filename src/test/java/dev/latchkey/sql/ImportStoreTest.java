package dev.latchkey.sql;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an import writes: all of it at once, or nothing. */
class ImportStoreTest extends StoreContract {
    @BeforeEach
    void addScopes() {
        store.scopes().insert(List.of(scope("vault"), scope("fx"), scope("gateway")), List.of());
    }

    @Test
    void apply_addsAndReplaces_allAtOnce() throws SQLException {
        insert(key("old", "fx"));
        AccessKey replaced = fullKey("old", "Renamed", "", "new");
        AccessKey added = key("added", "new", "vault");

        apply(
                store,
                new AccessKeyImportPlan(
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
                    apply(other, plan);
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

    private void apply(List<Scope> scopes, List<Change> changes) {
        apply(store, new AccessKeyImportPlan(scopes, changes, List.of(event("import", "x"))));
    }

    private List<String> hints(String id) {
        return store.accessKeys().find(id).orElseThrow().secrets().stream()
                .map(StoredSecret::hint)
                .toList();
    }

    private static ScopeSet scopes(String... names) {
        return ScopeSet.of(List.of(names));
    }

    private void insert(AccessKey key) {
        store.accessKeys().insert(key, List.of(), List.of(event("key.create", key.id())));
    }
}
