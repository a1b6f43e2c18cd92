package dev.latchkey.sql;

import static dev.latchkey.accesskey.AccessKeyStore.Use.Kind.DEMAND;
import static dev.latchkey.accesskey.AccessKeyStore.Use.Kind.TOKEN;
import static dev.latchkey.sql.Samples.NOW;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeyStore.Use;
import dev.latchkey.accesskey.advice.ScopeHistory;
import dev.latchkey.accesskey.advice.ScopeHistory.LastUse;
import dev.latchkey.scope.ScopeSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises about when scopes were last used. */
class ScopeHistoryTest extends StoreContract {
    private final AccessKey key = key("one", "fx", "vault");

    @BeforeEach
    void insertKey() {
        store.scopes().insert(List.of(scope("fx"), scope("vault"), scope("fx2")), List.of());
        store.accessKeys().insert(key, List.of(), List.of(event("key.create", "one")));
    }

    @Test
    void aNewKey_hasUsedNothing_sinceItWasMade() {
        assertThat(store.scopeHistories().histories(List.of("one", "gone")))
                .isEqualTo(Map.of("one", new ScopeHistory(NOW, null, Map.of())));
        assertThat(store.scopeHistories().histories(List.of())).isEmpty();
    }

    @Test
    void uses_moveForward_neverBack_eachKindForItself() {
        record(use(TOKEN, 10, "fx", "vault"), use(DEMAND, 5, "fx"), use(TOKEN, 20));
        record(use(TOKEN, 8, "fx"), use(DEMAND, 30, "fx"), use(TOKEN, 19));

        assertThat(history())
                .isEqualTo(new ScopeHistory(
                        NOW, at(20), Map.of("fx", new LastUse(at(10), at(30)), "vault", new LastUse(at(10), null))));
        assertThat(store.accessKeys().find("one").orElseThrow().lastUsedAt()).isEqualTo(at(20));
    }

    /** A token can outlive the grant of its scopes, and its key. */
    @Test
    void aScopeThatTheKeyDoesNotHave_andAKeyThatIsGone_arePassedOver() {
        record(
                use(TOKEN, 10, "fx", "fx2", "f"),
                new Use("gone", DEMAND, null, ScopeSet.of(List.of("fx")), at(10)),
                use(DEMAND, 10, "ault"));

        assertThat(history().uses()).containsOnlyKeys("fx");
        assertThat(store.accessKeys().find("one").orElseThrow().lastUsedAt()).isEqualTo(at(10));
    }

    @Test
    void aDemand_isNoUseOfTheKey() {
        record(use(DEMAND, 10, "fx"));

        assertThat(store.accessKeys().find("one").orElseThrow().lastUsedAt()).isNull();
        assertThat(history().uses()).containsEntry("fx", new LastUse(null, at(10)));
    }

    @Test
    void theCount_beginsAnew_whenTheScopesChange_andOnlyThen() {
        AccessKey renamed =
                key.changed(AccessKeySettings.named("Renamed", key.settings().scopes()), key.secrets(), at(50));
        store.accessKeys().update(renamed, 1, event("key.edit", "one"));
        assertThat(history().since()).isEqualTo(NOW);

        AccessKey narrowed =
                renamed.changed(AccessKeySettings.named("Renamed", ScopeSet.of(List.of("fx"))), key.secrets(), at(60));
        store.accessKeys().update(narrowed, 2, event("key.edit", "one"));
        assertThat(history().since()).isEqualTo(at(60));
    }

    @Test
    void aDeletedKey_takesItsHistoryAlong() throws Exception {
        record(use(TOKEN, 10, "fx"));

        store.accessKeys().delete("one", 1, event("key.delete", "one"));

        assertThat(column("SELECT scope FROM access_key_scope_uses")).isEmpty();
    }

    private static Use use(Use.Kind kind, int seconds, String... scopes) {
        return new Use("one", kind, null, ScopeSet.of(List.of(scopes)), at(seconds));
    }

    private static Instant at(int seconds) {
        return NOW.plusSeconds(seconds);
    }

    private ScopeHistory history() {
        return store.scopeHistories().histories(List.of("one")).get("one");
    }

    private void record(Use... uses) {
        store.accessKeys().recordUses(List.of(uses));
    }
}
