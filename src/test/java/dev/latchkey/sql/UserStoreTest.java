package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.NOW;
import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.owner;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.permission.Role;
import dev.latchkey.user.Session;
import dev.latchkey.user.SessionStore;
import dev.latchkey.user.User;
import dev.latchkey.user.UserStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store promises about users and their sessions. */
class UserStoreTest extends StoreContract {
    private static final String FROM = "192.0.2.7";

    @Test
    void insert_comesBackAsItWas() {
        User bob = new User("Bob.b_-@1", Role.ADMIN, "$argon2id$…", NOW);
        insert(bob);

        assertThat(open().users().find("Bob.b_-@1")).contains(bob);
        assertThat(store.users().find("x\0")).isEmpty();
    }

    @Test
    void all_areInTheOrderOfTheirBytes() {
        List.of("c", "a", "B", "_").forEach(name -> insert(owner(name)));

        assertThat(store.users().all()).extracting(User::name).containsExactly("B", "_", "a", "c");
    }

    @Test
    void find_inOtherLetters_isTheSameUser_whoseNameIsTakenInAllOfThem() throws SQLException {
        insert(owner("Ann"));

        assertThat(store.users().find("aNN")).contains(owner("Ann"));
        failure(ErrorKind.CONFLICT, () -> insert(owner("ann")));
        assertThat(audited()).containsExactly("user.add Ann");
    }

    /** Stores from before may hold both. */
    @Test
    void find_namesThatDifferInLettersAlone_areTwo_eachUnderItsOwn() throws SQLException {
        insert(owner("ann"));
        execute("INSERT INTO users (name, role, password_hash, created_at) VALUES ('Ann', 'admin', 'x', 0)");

        assertThat(store.users().find("ann")).contains(owner("ann"));
        assertThat(store.users().find("Ann").orElseThrow().role()).isEqualTo(Role.ADMIN);
        assertThat(store.users().find("ANN")).isEmpty();
        assertThat(store.users().delete("Ann", event("user.remove", "Ann"))).isTrue();
        assertThat(store.users().find("ANN")).contains(owner("ann"));
    }

    @Test
    void insert_inOtherLettersAtTheSameTime_oneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            String name = "ann" + round;
            SqlStore other = open();
            List<Callable<Boolean>> calls = List.of(
                    () -> succeeds(() -> inserted(store, name)),
                    () -> succeeds(() -> inserted(other, name.toUpperCase(Locale.ROOT))));

            assertThat(together(calls)).containsExactlyInAnyOrder(true, false);
        }
    }

    private static boolean inserted(SqlStore store, String name) {
        store.users().insert(owner(name), event("user.add", name));
        return true;
    }

    @Test
    void insert_takenName_isConflict_andChangesNothing() throws SQLException {
        insert(owner("ann"));

        failure(
                ErrorKind.CONFLICT,
                () -> store.users().insert(new User("ann", Role.ADMIN, "x", NOW), event("user.add", "ann")));

        assertThat(store.users().find("ann")).contains(owner("ann"));
        assertThat(audited()).containsExactly("user.add ann");
    }

    @Test
    void updatePassword_endsTheOtherSessions() throws SQLException {
        insert(owner("ann"));
        insert(owner("bob"));
        session("one", "ann");
        session("two", "ann");
        session("kept", "ann");
        session("bobs", "bob");

        assertThat(updatePassword(store, "ann", "new", Optional.of("kept"), event("user.password", "ann")))
                .isTrue();
        assertThat(column("SELECT token_hash FROM sessions ORDER BY 1")).containsExactly("bobs", "kept");
        assertThat(store.users().find("ann").orElseThrow().passwordHash()).isEqualTo("new");

        updatePassword(store, "ann", "newer", Optional.empty(), event("user.password", "ann"));
        updatePassword(store, "ann", "newest", Optional.of("bobs"), event("user.password", "ann"));
        assertThat(column("SELECT token_hash FROM sessions")).containsExactly("bobs");
        assertThat(updatePassword(store, "nobody", "x", Optional.empty(), event("user.password", "nobody")))
                .isFalse();
        assertThat(audited()).doesNotContain("user.password nobody");
    }

    @Test
    void updateRole_holdsForSessionsThatAreThere() {
        insert(owner("ann"));
        insert(owner("bob"));
        session("bobs", "bob");

        assertThat(updateRole(store, "bob", Role.DEVELOPER, event("user.role", "bob")))
                .isTrue();

        assertThat(store.sessions().find("bobs").orElseThrow().user().role()).isEqualTo(Role.DEVELOPER);
        assertThat(updateRole(store, "nobody", Role.ADMIN, event("user.role", "nobody")))
                .isFalse();
    }

    @Test
    void update_ofRoleAndPassword_isAllOrNothing() throws SQLException {
        insert(owner("ann"));
        session("anns", "ann");

        failure(
                ErrorKind.CONFLICT,
                () -> store.users()
                        .update(
                                "ann",
                                stored -> new UserStore.Change(
                                        new User("ann", Role.ADMIN, "new", NOW),
                                        Optional.empty(),
                                        List.of(event("user.role", "ann"), event("user.password", "ann")))));

        assertThat(store.users().all()).containsExactly(owner("ann"));
        assertThat(store.sessions().find("anns")).isPresent();
        assertThat(audited()).doesNotContain("user.role ann", "user.password ann");
    }

    @Test
    void delete_endsTheirSessions() throws SQLException {
        insert(owner("ann"));
        insert(owner("bob"));
        session("bobs", "bob");

        assertThat(store.users().delete("bob", event("user.remove", "bob"))).isTrue();
        assertThat(store.users().delete("bob", event("user.remove", "bob"))).isFalse();

        assertThat(store.sessions().find("bobs")).isEmpty();
        assertThat(column("SELECT token_hash FROM sessions")).isEmpty();
        assertThat(audited()).containsExactly("user.add ann", "user.add bob", "session.create bob", "user.remove bob");
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"DEVELOPER", "ADMIN"})
    void lastOwner_staysOne(Role lower) {
        insert(owner("ann"));
        insert(new User("bob", Role.ADMIN, "x", NOW));

        failure(ErrorKind.CONFLICT, () -> updateRole(store, "ann", lower, event("user.role", "ann")));
        failure(ErrorKind.CONFLICT, () -> store.users().delete("ann", event("user.remove", "ann")));
        updateRole(store, "ann", Role.OWNER, event("user.role", "ann"));
        store.users().delete("bob", event("user.remove", "bob"));

        assertThat(store.users().all()).containsExactly(owner("ann"));
    }

    @Test
    void owners_whoRemoveEachOtherAtOnce_leaveOne() throws Exception {
        for (int round = 0; round < 10; round++) {
            List<Callable<Boolean>> calls = new ArrayList<>();
            List<String> owners = List.of("ann" + round, "bob" + round, "eve" + round);
            for (String name : owners) {
                insert(owner(name));
                SqlStore other = open();
                boolean demotes = calls.size() % 2 == 0;
                calls.add(() -> succeeds(() -> demotes
                        ? updateRole(other, name, Role.ADMIN, event("user.role", name))
                        : other.users().delete(name, event("user.remove", name))));
            }
            for (User earlier : owners()) {
                if (!owners.contains(earlier.name())) {
                    store.users().delete(earlier.name(), event("user.remove", earlier.name()));
                }
            }

            assertThat(together(calls)).filteredOn(done -> done).hasSize(2);
            assertThat(owners()).hasSize(1);
        }
    }

    @Test
    void session_comesBackWithItsUser() {
        insert(owner("ann"));
        Session session = new Session("hash", "ann", NOW, NOW.plusSeconds(5), FROM);

        assertThat(store.sessions().insert(session, owner("ann").passwordHash(), event("session.create", "ann")))
                .isTrue();

        assertThat(open().sessions().find("hash")).contains(new SessionStore.SignedIn(session, owner("ann")));
        assertThat(store.sessions().find("other")).isEmpty();
    }

    @Test
    void session_ofAPasswordThatChangedMeanwhile_doesNotBegin() throws SQLException {
        insert(owner("ann"));

        assertThat(store.sessions()
                        .insert(new Session("hash", "ann", NOW, NOW, FROM), "older", event("session.create", "ann")))
                .isFalse();
        assertThat(store.sessions()
                        .insert(new Session("hash", "nobody", NOW, NOW, FROM), "older", event("session.create", "ann")))
                .isFalse();

        assertThat(column("SELECT token_hash FROM sessions")).isEmpty();
    }

    @Test
    void sessions_begunWhileThePasswordChanges_areAllOver() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = "ann" + round;
            insert(owner(name));
            SqlStore other = open();
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Session session = new Session(name + "-" + i, name, NOW, NOW, FROM);
                calls.add(() ->
                        other.sessions().insert(session, owner(name).passwordHash(), event("session.create", name)));
            }
            calls.add(() -> updatePassword(store, name, "new", Optional.empty(), event("user.password", name)));

            together(calls);

            assertThat(column("SELECT token_hash FROM sessions")).isEmpty();
        }
    }

    @Test
    void touch_movesForward_neverBack() {
        insert(owner("ann"));
        session("hash", "ann");

        store.sessions().touch("hash", NOW.plusSeconds(60));
        store.sessions().touch("hash", NOW.plusSeconds(59));
        store.sessions().touch("gone", NOW);

        assertThat(store.sessions().find("hash").orElseThrow().session().lastSeenAt())
                .isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void deleteSession_endsIt_andThenDoesNothing() {
        insert(owner("ann"));
        session("hash", "ann");

        store.sessions().delete("hash");
        store.sessions().delete("hash");

        assertThat(store.sessions().find("hash")).isEmpty();
    }

    @Test
    void othersOfAUser_areTheirsAlone_lastUsedFirst_andEndTogether() throws SQLException {
        insert(owner("ann"));
        insert(owner("bob"));
        for (String hash : List.of("own", "one", "two", "three")) {
            session(hash, "ann");
        }
        session("bobs", "bob");
        store.sessions().touch("two", NOW.plusSeconds(60));

        assertThat(store.sessions().others("ann", "own", 2))
                .containsExactly(
                        new Session("two", "ann", NOW, NOW.plusSeconds(60), FROM),
                        new Session("one", "ann", NOW, NOW, FROM));
        store.sessions().deleteOthers("ann", "own", event("session.end", "ann"));
        store.sessions().deleteOthers("bob", "bobs", event("session.end", "bob"));

        assertThat(column("SELECT token_hash FROM sessions ORDER BY 1")).containsExactly("bobs", "own");
        assertThat(audited()).contains("session.end ann").doesNotContain("session.end bob");
    }

    @Test
    void prune_dropsWhatIsOlder_andKeepsTheEdge() throws SQLException {
        insert(owner("ann"));
        String hash = owner("ann").passwordHash();
        store.sessions()
                .insert(
                        new Session("created-early", "ann", NOW.minusSeconds(1), NOW.plusSeconds(9), FROM),
                        hash,
                        event("session.create", "ann"));
        store.sessions()
                .insert(
                        new Session("seen-early", "ann", NOW.plusSeconds(5), NOW.plusSeconds(6), FROM),
                        hash,
                        event("session.create", "ann"));
        store.sessions()
                .insert(
                        new Session("edge", "ann", NOW, NOW.plusSeconds(7), FROM),
                        hash,
                        event("session.create", "ann"));

        store.sessions().prune(NOW, NOW.plusSeconds(7));

        assertThat(column("SELECT token_hash FROM sessions")).containsExactly("edge");
    }

    private List<User> owners() {
        return store.users().all().stream()
                .filter(user -> user.role() == Role.OWNER)
                .toList();
    }

    private static boolean succeeds(Callable<Boolean> call) throws Exception {
        try {
            return call.call();
        } catch (ServiceException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
            return false;
        }
    }

    private void insert(User user) {
        store.users().insert(user, event("user.add", user.name()));
    }

    private void session(String tokenHash, String user) {
        String hash = store.users().find(user).orElseThrow().passwordHash();
        assertThat(store.sessions()
                        .insert(new Session(tokenHash, user, NOW, NOW, FROM), hash, event("session.create", user)))
                .isTrue();
    }

    private static boolean updatePassword(
            SqlStore store, String name, String hash, Optional<String> keptSession, AuditEvent event) {
        return store.users()
                .update(
                        name,
                        stored -> new UserStore.Change(
                                new User(name, stored.role(), hash, stored.createdAt()), keptSession, List.of(event)))
                .isPresent();
    }

    private static boolean updateRole(SqlStore store, String name, Role role, AuditEvent event) {
        return store.users()
                .update(
                        name,
                        stored -> new UserStore.Change(
                                new User(name, role, stored.passwordHash(), stored.createdAt()),
                                Optional.empty(),
                                List.of(event)))
                .isPresent();
    }
}
