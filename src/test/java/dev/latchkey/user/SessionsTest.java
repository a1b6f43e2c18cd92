package dev.latchkey.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.audit.AuditEvent;
import dev.latchkey.audit.AuditPage;
import dev.latchkey.audit.AuditQuery;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.harness.QuickHasher;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Role;
import dev.latchkey.sql.SqlStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Actor OWNER = Actor.operator("test");
    private static final String PASSWORD = "correct horse battery";
    private static final String FROM = "192.0.2.1";
    private static final String AWAY = "198.51.100.1";
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Instant NOW = Instant.parse("2026-07-04T12:00:00Z");

    private final SqlStore store = SqlStore.open(":memory:", SqlStore.Mode.CREATE);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-07-04T12:00:00.9Z"));
    private final CountingHasher hasher = new CountingHasher();
    private final Users users = new Users(store.users(), hasher, clock);
    private final Sessions sessions = new Sessions(store.users(), store.sessions(), store.audit(), hasher, clock);

    @BeforeEach
    void addUsers() {
        users.add(OWNER, "ann", Role.OWNER, PASSWORD);
        users.add(OWNER, "bob", Role.DEVELOPER, PASSWORD);
        hasher.calls.clear();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void signIn_rightPassword_isThatUserInTheirRole() {
        Sessions.Started started = sessions.signIn("bob", PASSWORD, FROM);

        assertThat(started.actor()).isEqualTo(new Actor(Actor.Kind.USER, "bob", Role.DEVELOPER, FROM));
        assertThat(started.token()).hasSize(43);
        assertThat(who(started.token(), "198.51.100.7"))
                .isEqualTo(new Actor(Actor.Kind.USER, "bob", Role.DEVELOPER, "198.51.100.7"));
        assertThat(sessions.signIn("bob", PASSWORD, FROM).token()).isNotEqualTo(started.token());
    }

    @Test
    void token_isNotInTheStore_andNotInTexts() {
        Sessions.Started started = sessions.signIn("bob", PASSWORD, FROM);

        assertThat(store.sessions().find(started.token())).isEmpty();
        assertThat(started.toString()).doesNotContain(started.token());
    }

    @Test
    void signIn_anythingWrong_isTheSameRefusal() {
        List<String> names = List.of("ann", "nobody", " ", "a b", "x".repeat(10_000), "\0", "\uD800");

        for (String name : names) {
            assertThat(refusal(() -> sessions.signIn(name, "wrong password 1", FROM)))
                    .hasMessage("The name or the password is wrong.");
        }
        for (String password : List.of("", PASSWORD + " ", "CORRECT HORSE BATTERY", "x".repeat(100_000), "\0")) {
            assertThat(refusal(() -> sessions.signIn("ann", password, AWAY)))
                    .hasMessage("The name or the password is wrong.");
        }
    }

    @Test
    void signIn_unknownName_doesTheSameWorkAsAWrongPassword() {
        refusal(() -> sessions.signIn("nobody", "wrong password 1", FROM));
        List<String> unknown = List.copyOf(hasher.calls);
        hasher.calls.clear();
        Sessions fresh = new Sessions(store.users(), store.sessions(), store.audit(), hasher, clock);
        refusal(() -> fresh.signIn("ann", "wrong password 1", FROM));

        assertThat(hasher.calls).isEqualTo(unknown).containsExactly("hash", "matches");
        hasher.calls.clear();
        refusal(() -> sessions.signIn("nobody", "wrong password 1", FROM));
        refusal(() -> sessions.signIn("no name", "wrong password 1", FROM));
        refusal(() -> sessions.signIn("ann", "wrong password 1", FROM));
        assertThat(hasher.calls).containsExactly("matches", "matches", "matches");
    }

    @Test
    void signIn_tooLongOrTooShortAPassword_isNotHashed_andTooLongOnesDoNotCountForTheName() {
        for (int i = 0; i < 50; i++) {
            refusal(() -> sessions.signIn("ann", "x".repeat(257), FROM));
        }
        refusal(() -> sessions.signIn("ann", "short", FROM));
        assertThat(hasher.calls).isEmpty();

        sessions.signIn("ann", PASSWORD, FROM);
    }

    @Test
    void signIn_tenShortPasswords_countAsTheFailuresTheyAre() {
        for (int i = 0; i < 10; i++) {
            String name = i % 2 == 0 ? "ann" : "ANN";
            refusal(() -> sessions.signIn(name, "short", FROM));
        }

        assertThatThrownBy(() -> sessions.signIn("Ann", PASSWORD, FROM)).hasMessageContaining("Too many");
    }

    @Test
    void signIn_nameInOtherLettersOrWithSpaces_isTheSamePerson() {
        for (String typed : List.of("ann", "Ann", "ANN", " ann\n", "\tann\u2003")) {
            assertThat(sessions.signIn(typed, PASSWORD, FROM).actor().name())
                    .as(typed)
                    .isEqualTo("ann");
        }
    }

    @Test
    void signIn_passwordTypedInAnotherForm_isTheSame_alsoForHashesOfBefore() {
        String composed = "caf\u00e9 au lait matin";
        String decomposed = "cafe\u0301 au lait matin";
        users.add(OWNER, "eve", Role.ADMIN, decomposed);
        store.users().insert(new User("old-mac", Role.ADMIN, hasher.hash(decomposed), NOW), event("old-mac"));
        store.users().insert(new User("old-pc", Role.ADMIN, hasher.hash(composed), NOW), event("old-pc"));

        for (String name : List.of("eve", "old-mac", "old-pc")) {
            sessions.signIn(name, composed, FROM);
            sessions.signIn(name, decomposed, FROM);
            refusal(() -> sessions.signIn(name, "cafe au lait matin", FROM));
        }
    }

    @Test
    void signIns_goodAndFailed_areInTheAuditLog_withNameAndAddress() {
        sessions.signIn("ann", PASSWORD, FROM);
        refusal(() -> sessions.signIn("ann", "wrong password 1", AWAY));
        refusal(() -> sessions.signIn("mallory", "wrong password 1", AWAY));
        refusal(() -> sessions.signIn("my password, in the wrong field", "x", AWAY));

        assertThat(signIns())
                .containsExactly(
                        "session.refuse (no user name) by latchkey from 198.51.100.1",
                        "session.refuse mallory by latchkey from 198.51.100.1",
                        "session.refuse ann by latchkey from 198.51.100.1",
                        "session.create ann by ann from 192.0.2.1");
    }

    @Test
    void failedSignIns_byStrangers_writeBoundedManyEvents_thatSayHowManyThereWere() {
        for (int i = 0; i < 150; i++) {
            String from = "203.0.113." + i;
            refusal(() -> sessions.signIn("ann" + from, "short", from));
        }
        assertThat(signIns()).hasSize(FailedSignIns.BURST);

        clock.advance(Duration.ofMinutes(1));
        refusal(() -> sessions.signIn("bob", "short", FROM));
        refusal(() -> sessions.signIn("bob", "short", FROM));
        AuditPage.Entry last = store.audit()
                .page(new AuditQuery(1, null, new AuditQuery.Filter(null, null, null, "session", null)))
                .entries()
                .get(0);
        assertThat(last.event().after()).isEqualTo("{\"username\":\"bob\",\"unrecorded_failures_before\":50}");
        assertThat(signIns()).hasSize(FailedSignIns.BURST + 1);
    }

    private List<String> signIns() {
        return store
                .audit()
                .page(new AuditQuery(500, null, new AuditQuery.Filter(null, null, null, "session", null)))
                .entries()
                .stream()
                .map(AuditPage.Entry::event)
                .map(event -> event.action() + " " + event.subject() + " by "
                        + event.actor().name() + " from " + event.actor().from())
                .toList();
    }

    private static AuditEvent event(String subject) {
        return new AuditEvent(NOW, OWNER, "user.add", subject, null, "{}");
    }

    @Test
    void signIn_longestPassword_inCharactersNotInChars() {
        String longest = "\uD83D\uDD11".repeat(256);
        users.add(OWNER, "eve", Role.ADMIN, longest);

        assertThat(sessions.signIn("eve", longest, FROM).actor().name()).isEqualTo("eve");
    }

    @Test
    void signIn_afterTenFailures_isRefusedUnseen() {
        for (int i = 0; i < 10; i++) {
            refusal(() -> sessions.signIn("ann", "wrong password 1", FROM));
        }
        hasher.calls.clear();

        ServiceException refusal =
                catchThrowableOfType(ServiceException.class, () -> sessions.signIn("ann", PASSWORD, FROM));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.TOO_MANY_REQUESTS);
        assertThat(hasher.calls).isEmpty();
        sessions.signIn("ann", PASSWORD, AWAY);
        clock.advance(Duration.ofMinutes(5));
        sessions.signIn("ann", PASSWORD, FROM);
    }

    @Test
    void signIn_storeAway_isNoFailureOfTheirs() {
        store.close();

        for (int i = 0; i < 20; i++) {
            ServiceException failure =
                    catchThrowableOfType(ServiceException.class, () -> sessions.signIn("ann", PASSWORD, FROM));
            assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        }
    }

    @Test
    void session_twelveHoursAfterSigningIn_isOver_howeverBusy() {
        String token = sessions.signIn("ann", PASSWORD, FROM).token();
        for (int i = 0; i < 23; i++) {
            clock.advance(Duration.ofMinutes(30));
            who(token, FROM);
        }

        clock.advance(Duration.ofMinutes(30).minus(SECOND));
        who(token, FROM);
        clock.advance(SECOND);
        refusal(() -> who(token, FROM));
    }

    @Test
    void session_oneHourIdle_isOver() {
        String token = sessions.signIn("ann", PASSWORD, FROM).token();

        clock.advance(Duration.ofHours(1).minus(SECOND));
        who(token, FROM);
        clock.advance(Duration.ofHours(1).minus(SECOND));
        who(token, FROM);
        clock.advance(Duration.ofHours(1));
        refusal(() -> who(token, FROM));
    }

    @Test
    void session_isWrittenAtMostOnceAMinute() {
        String token = sessions.signIn("ann", PASSWORD, FROM).token();
        Instant start = lastSeen(token);

        clock.advance(Duration.ofSeconds(59));
        who(token, FROM);
        assertThat(lastSeen(token)).isEqualTo(start);
        clock.advance(SECOND);
        who(token, FROM);
        assertThat(lastSeen(token)).isEqualTo(start.plusSeconds(60));
    }

    @Test
    void signOut_endsIt() {
        String token = sessions.signIn("ann", PASSWORD, FROM).token();
        String other = sessions.signIn("ann", PASSWORD, FROM).token();

        sessions.signOut(token);
        sessions.signOut(token);

        refusal(() -> who(token, FROM));
        assertThat(who(other, FROM).name()).isEqualTo("ann");
    }

    @Test
    void anotherRole_holdsFromTheNextRequestOn_andARemovedUserIsOut() {
        String token = sessions.signIn("bob", PASSWORD, FROM).token();

        users.changeRole(OWNER, "bob", Role.ADMIN);
        assertThat(who(token, FROM).role()).isEqualTo(Role.ADMIN);

        users.remove(OWNER, "bob");
        refusal(() -> who(token, FROM));
        users.add(OWNER, "bob", Role.OWNER, PASSWORD);
        refusal(() -> who(token, FROM));
    }

    @Test
    void anotherPassword_endsAllSessions_butTheOneThatChangedIt() {
        String kept = sessions.signIn("ann", PASSWORD, FROM).token();
        String other = sessions.signIn("ann", PASSWORD, FROM).token();

        users.changePassword(OWNER, "ann", "another password", Optional.of(kept));

        assertThat(who(kept, FROM).name()).isEqualTo("ann");
        refusal(() -> who(other, FROM));
        refusal(() -> sessions.signIn("ann", PASSWORD, FROM));
        sessions.signIn("ann", "another password", FROM);
    }

    @Test
    void prune_dropsWhatIsOver_andNothingElse() {
        String early = sessions.signIn("ann", PASSWORD, FROM).token();
        clock.advance(SECOND);
        String later = sessions.signIn("ann", PASSWORD, FROM).token();

        clock.advance(Duration.ofHours(1).minus(SECOND));
        sessions.prune();
        assertThat(store.sessions().find(Sessions.hashOf(later))).isPresent();
        who(later, FROM);
        clock.advance(SECOND);
        sessions.prune();

        assertThat(store.sessions().find(Sessions.hashOf(early))).isEmpty();
        assertThat(who(later, FROM).name()).isEqualTo("ann");
    }

    private Actor who(String token, String from) {
        return sessions.authenticate(token, from).actor();
    }

    private Instant lastSeen(String token) {
        return store.sessions()
                .find(Sessions.hashOf(token))
                .orElseThrow()
                .session()
                .lastSeenAt();
    }

    private static ServiceException refusal(ThrowingCallable call) {
        ServiceException refusal = catchThrowableOfType(ServiceException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
        return refusal;
    }

    /** A hasher, and what it was asked for. */
    private static final class CountingHasher implements PasswordHasher {
        private final PasswordHasher hasher = new QuickHasher();
        private final List<String> calls = new ArrayList<>();

        @Override
        public String hash(String password) {
            calls.add("hash");
            return hasher.hash(password);
        }

        @Override
        public boolean matches(String password, String hash) {
            calls.add("matches");
            return hasher.matches(password, hash);
        }
    }
}
