package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.NOW;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.fullKey;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;
import static dev.latchkey.sql.Samples.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.accesskey.StoredSecret;
import dev.latchkey.accesskey.importing.AccessKeyImportPlan;
import dev.latchkey.accesskey.importing.AccessKeyImportPlan.Change;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.scope.ScopeSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uses of access keys as the store keeps them. */
class AccessKeyUseRowsTest extends StoreContract {
    private static final Instant LATER = NOW.plusSeconds(60);

    @BeforeEach
    void addScopes() {
        store.scopes().insert(List.of(scope("vault"), scope("fx"), scope("gateway")), List.of());
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
    void recordUses_ofMoreThanOneTransactionTakes_keepsTheLatestOfAll() {
        insert(fullKey("two", "n", "", "fx"));
        SecretHash younger = SecretHash.of("the younger secret");
        List<AccessKeyStore.Use> uses = new ArrayList<>();
        for (int i = 1; i <= 9_000; i++) {
            uses.add(new AccessKeyStore.Use("two", younger, NOW.plusSeconds(40 + i * 7919L % 9_001)));
        }

        store.accessKeys().recordUses(uses);

        AccessKey two = store.accessKeys().find("two").orElseThrow();
        assertThat(two.lastUsedAt()).isEqualTo(NOW.plusSeconds(9_040));
        assertThat(two.secrets())
                .extracting(StoredSecret::lastUsedAt)
                .containsExactly(NOW.plusSeconds(30), NOW.plusSeconds(9_040));
    }

    @Test
    void recordUses_besideUpdatesAndImports_failNoWriter() throws Exception {
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
            apply(other, new AccessKeyImportPlan(List.of(), changes, List.of()));
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

    private void record(AccessKeyStore.Use... uses) {
        store.accessKeys().recordUses(List.of(uses));
    }

    private void insert(AccessKey key) {
        store.accessKeys().insert(key, List.of(), List.of(event("key.create", key.id())));
    }
}
