package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.activeKey;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.nextKey;
import static dev.latchkey.sql.Samples.owner;
import static dev.latchkey.sql.Samples.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.signingkey.SigningKeyStore.StoredKey;
import dev.latchkey.signingkey.SigningKeyStore.StoredPrivateKey;
import dev.latchkey.sql.database.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What every store promises about its beginning, its end, and what several processes do to it at once. */
class OpeningTest extends StoreContract {
    private static final int RACERS = 4;

    @Test
    void open_existingStore_hasWhatWasStored() {
        store.scopes().insert(List.of(scope("fx")), List.of());

        try (SqlStore again = SqlStore.open(db(), SqlStore.Mode.EXISTING)) {
            assertThat(again.scopes().all()).containsExactly(scope("fx"));
        }
    }

    @Test
    void open_newerStore_isRefused() throws SQLException {
        execute("UPDATE latchkey SET value = '" + (Database.SCHEMA_VERSION + 1) + "' WHERE name = 'version'");

        assertThat(failure(ErrorKind.MISCONFIGURED, this::open)).hasMessageContaining("newer Latchkey");
        assertThat(column("SELECT value FROM latchkey")).containsExactly(String.valueOf(Database.SCHEMA_VERSION + 1));
    }

    @Test
    void ping_readableStore_isReadable() {
        assertThat(store.facts().purpose()).isEmpty();

        assertThat(store.isReadable()).isTrue();
    }

    @Test
    void read_withoutItsTable_isUnavailable_andTellsNothingOfSql() throws SQLException {
        execute("ALTER TABLE access_key_secrets RENAME TO elsewhere");

        ServiceException failure =
                failure(ErrorKind.UNAVAILABLE, () -> store.accessKeys().find("x"));

        assertThat(failure).hasMessage("The store cannot be read now.").hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void write_withoutTheAuditLog_isUnavailable_andKeepsNothing() throws SQLException {
        execute("ALTER TABLE audit_events RENAME TO elsewhere");

        ServiceException failure = failure(
                ErrorKind.UNAVAILABLE,
                () -> store.accessKeys()
                        .insert(key("one", "fx"), List.of(scope("fx")), List.of(event("key.create", "one"))));

        assertThat(failure).hasMessage("The store cannot be written now.").hasCauseInstanceOf(SQLException.class);
        assertThat(store.accessKeys().all()).isEmpty();
        assertThat(store.scopes().all()).isEmpty();
        execute("ALTER TABLE elsewhere RENAME TO audit_events");
        store.scopes().insert(List.of(scope("fx")), List.of(event("scope.add", "fx")));
    }

    @Test
    void closedStore_isUnavailable() {
        store.close();
        store.close();

        failure(ErrorKind.UNAVAILABLE, () -> store.accessKeys().find("x"));
        failure(ErrorKind.UNAVAILABLE, () -> store.scopes().insert(List.of(scope("fx")), List.of()));
        assertThat(store.isReadable()).isFalse();
    }

    @Test
    void insertFirstUser_thereIsOne_isNotAdded() throws SQLException {
        assertThat(store.users().isEmpty()).isTrue();
        assertThat(store.users().insertFirst(owner("owner"), event("user.add", "owner")))
                .isTrue();

        assertThat(store.users().insertFirst(owner("ann"), event("user.add", "ann")))
                .isFalse();
        assertThat(store.users().isEmpty()).isFalse();
        assertThat(column("SELECT name || ' ' || role || ' ' || password_hash || ' ' || created_at FROM users"))
                .containsExactly("owner owner $argon2id$v=19$… " + Samples.NOW.getEpochSecond());
        assertThat(audited()).containsExactly("user.add owner");
    }

    @Test
    void insertFirst_bySeveralStoresAtOnce_addsOneOfEach() throws Exception {
        List<Callable<Boolean>> keys = new ArrayList<>();
        List<Callable<Boolean>> users = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            SqlStore another = open();
            StoredKey active = activeKey("A" + i);
            StoredKey next = nextKey("N" + i);
            keys.add(() -> another.signingKeys()
                    .insertFirst(active, next, List.of(event("signing-key.create", "one of a pair"))));
            String name = "owner" + i;
            users.add(() -> another.users().insertFirst(owner(name), event("user.add", name)));
        }

        assertThat(together(keys)).containsOnlyOnce(true);
        assertThat(together(users)).containsOnlyOnce(true);
        assertThat(store.signingKeys().all()).hasSize(2);
        assertThat(column("SELECT name FROM users")).hasSize(1);
        assertThat(audited()).hasSize(2);
    }

    @Test
    void insertNext_bySeveralStoresAtOnce_addsOne() throws Exception {
        store.signingKeys().prepareToChange();
        assertThat(store.signingKeys().insertFirst(activeKey("A"), null, List.of(event("signing-key.create", "A"))))
                .isTrue();
        assertThat(store.signingKeys().all()).containsExactly(activeKey("A").key());
        List<Callable<Boolean>> inserts = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            SqlStore another = open();
            StoredKey next = nextKey("N" + i);
            inserts.add(() ->
                    another.signingKeys().insertNext(activeKey("A"), next, event("signing-key.create", "a next one")));
        }

        assertThat(together(inserts)).containsOnlyOnce(true);
        assertThat(store.signingKeys().all()).hasSize(2);
        assertThat(audited()).containsExactly("signing-key.create A", "signing-key.create a next one");
    }

    @Test
    void insertNext_afterThePrivatePartOfTheActiveKeyWasEncryptedAnew_isConflict() {
        StoredKey active = activeKey("A");
        assertThat(store.signingKeys().insertFirst(active, null, List.of())).isTrue();
        store.signingKeys()
                .reseal(
                        store.signingKeys().privateKeys(),
                        Map.of(active.key().kid(), new StoredPrivateKey("enc1:a")),
                        List.of());

        failure(ErrorKind.CONFLICT, () -> store.signingKeys().insertNext(active, nextKey("N"), event("x", "y")));

        assertThat(store.signingKeys().all()).containsExactly(active.key());
    }

    @Test
    void insertSameUnlistedScopes_bySeveralStoresAtOnce_addsThemOnce() throws Exception {
        List<String> names = List.of("a", "b", "c", "d", "e");
        List<Callable<Boolean>> inserts = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            SqlStore another = open();
            String id = "key" + i;
            List<String> rotated = new ArrayList<>(names);
            Collections.rotate(rotated, i);
            inserts.add(() -> {
                another.accessKeys()
                        .insert(
                                key(id, rotated.toArray(String[]::new)),
                                rotated.stream().map(Samples::scope).toList(),
                                rotated.stream()
                                        .map(name -> event("scope.add", name))
                                        .toList());
                return true;
            });
        }

        assertThat(together(inserts)).containsOnly(true);
        assertThat(store.accessKeys().all()).hasSize(RACERS);
        assertThat(audited())
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(name -> "scope.add " + name).toList());
    }
}
