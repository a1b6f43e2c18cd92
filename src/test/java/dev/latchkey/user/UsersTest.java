package dev.latchkey.user;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    private static final Actor OWNER = Actor.operator("test");
    private static final String PASSWORD = "correct horse battery";

    private final SqlStore store = SqlStore.open(":memory:", SqlStore.Mode.CREATE);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-07-04T12:00:00.9Z"));
    private final PasswordHasher hasher = new QuickHasher();
    private final Users users = new Users(store.users(), hasher, clock);

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void add_isThere_andAuditedWithoutThePassword() {
        users.add(OWNER, "ann", Role.ADMIN, PASSWORD);

        assertThat(users.list(OWNER)).singleElement().satisfies(user -> {
            assertThat(user.name()).isEqualTo("ann");
            assertThat(user.role()).isEqualTo(Role.ADMIN);
            assertThat(user.createdAt()).isEqualTo("2026-07-04T12:00:00Z");
            assertThat(user.passwordHash()).doesNotContain(PASSWORD);
            assertThat(hasher.matches(PASSWORD, user.passwordHash())).isTrue();
        });
        AuditEvent event = events().get(0);
        assertThat(event.action()).isEqualTo("user.add");
        assertThat(event.after()).isEqualTo("{\"username\":\"ann\",\"role\":\"admin\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "A.b_c@d-1", "...", "0123456789012345678901234567890123456789012345678901234567890123"})
    void add_nameOfAllowedCharacters_isFine(String name) {
        assertThat(users.add(OWNER, name, Role.ADMIN, PASSWORD).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "an\nn",
                "zoë",
                ".",
                "..",
                "a/b",
                "a\0",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void add_otherName_isInvalid(String name) {
        assertThat(failure(ErrorKind.INVALID, () -> users.add(OWNER, name, Role.ADMIN, PASSWORD))
                        .errors())
                .extracting(error -> error.field())
                .containsExactly("username");
    }

    @Test
    void password_has12To256Characters() {
        users.add(OWNER, "shortest", Role.ADMIN, "\uD83D\uDD11".repeat(12));
        users.add(OWNER, "longest", Role.ADMIN, "x".repeat(256));

        for (String password : List.of("", "x".repeat(11), "\uD83D\uDD11".repeat(11), "x".repeat(257))) {
            failure(ErrorKind.INVALID, () -> users.add(OWNER, "ann", Role.ADMIN, password));
            failure(ErrorKind.INVALID, () -> users.changePassword(OWNER, "shortest", password, Optional.empty()));
        }
    }

    @Test
    void add_takenName_isConflict() {
        users.add(OWNER, "ann", Role.ADMIN, PASSWORD);

        failure(ErrorKind.CONFLICT, () -> users.add(OWNER, "ann", Role.OWNER, PASSWORD));
    }

    @Test
    void names_areTrimmed_andComparedWithoutCase() {
        assertThat(users.add(OWNER, " Ann\n", Role.ADMIN, PASSWORD).name()).isEqualTo("Ann");

        ServiceException taken = failure(ErrorKind.CONFLICT, () -> users.add(OWNER, "aNN", Role.OWNER, PASSWORD));
        assertThat(taken).hasMessageContaining("Ann");
        assertThat(users.changeRole(OWNER, "ANN ", Role.OWNER).name()).isEqualTo("Ann");
        users.changePassword(OWNER, "ann", "another password", Optional.empty());
        users.add(OWNER, "bob", Role.OWNER, PASSWORD);
        users.remove(OWNER, "ann");
        assertThat(users.list(OWNER)).extracting(User::name).containsExactly("bob");
        assertThat(events())
                .extracting(AuditEvent::subject)
                .contains("Ann", "bob")
                .doesNotContain("ann", "ANN ");
    }

    @Test
    void unknownName_isNotFound_andNamed() {
        assertThat(failure(ErrorKind.NOT_FOUND, () -> users.remove(OWNER, "eve")))
                .hasMessage("There is no user named \"eve\".");

        for (String name : List.of("nobody", "no body", "\0")) {
            failure(ErrorKind.NOT_FOUND, () -> users.changePassword(OWNER, name, PASSWORD, Optional.empty()));
            failure(ErrorKind.NOT_FOUND, () -> users.changeRole(OWNER, name, Role.ADMIN));
            failure(ErrorKind.NOT_FOUND, () -> users.remove(OWNER, name));
        }
        assertThat(events()).isEmpty();
    }

    @Test
    void changes_areAuditedAsBeforeAndAfter() {
        users.add(OWNER, "ann", Role.OWNER, PASSWORD);
        users.add(OWNER, "bob", Role.OWNER, PASSWORD);

        users.changeRole(OWNER, "bob", Role.DEVELOPER);
        users.changePassword(OWNER, "bob", "another password", Optional.empty());
        users.remove(OWNER, "bob");

        List<AuditEvent> events = events();
        assertThat(events)
                .extracting(AuditEvent::action)
                .containsExactly("user.remove", "user.password", "user.role", "user.add", "user.add");
        assertThat(events.get(2).before()).contains("owner");
        assertThat(events.get(2).after()).contains("developer");
        assertThat(events.get(0).after()).isNull();
        assertThat(events).allSatisfy(event -> assertThat(event.toString()).doesNotContain("argon2", "password\""));
    }

    @Test
    void theLastOwner_canNeitherGoNorBecomeLess() {
        users.add(OWNER, "ann", Role.OWNER, PASSWORD);
        users.add(OWNER, "bob", Role.ADMIN, PASSWORD);

        failure(ErrorKind.CONFLICT, () -> users.remove(OWNER, "ann"));
        failure(ErrorKind.CONFLICT, () -> users.changeRole(OWNER, "ann", Role.ADMIN));
        users.changeRole(OWNER, "bob", Role.OWNER);
        users.remove(OWNER, "ann");

        assertThat(users.list(OWNER)).extracting(User::name).containsExactly("bob");
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"DEVELOPER", "ADMIN"})
    void onlyOwners_change(Role role) {
        users.add(OWNER, "ann", Role.OWNER, PASSWORD);
        Actor actor = new Actor(Actor.Kind.USER, "bob", role, "192.0.2.1");

        failure(ErrorKind.FORBIDDEN, () -> users.add(actor, "eve", Role.ADMIN, PASSWORD));
        failure(ErrorKind.FORBIDDEN, () -> users.changePassword(actor, "ann", PASSWORD, Optional.empty()));
        failure(ErrorKind.FORBIDDEN, () -> users.changeRole(actor, "ann", Role.ADMIN));
        failure(ErrorKind.FORBIDDEN, () -> users.remove(actor, "ann"));
    }

    @Test
    void developers_doNotSeeUsers() {
        Actor developer = new Actor(Actor.Kind.USER, "bob", Role.DEVELOPER, "192.0.2.1");

        failure(ErrorKind.FORBIDDEN, () -> users.list(developer));
        assertThat(users.list(new Actor(Actor.Kind.USER, "eve", Role.ADMIN, "192.0.2.1")))
                .isEmpty();
    }

    private List<AuditEvent> events() {
        return store.audit().page(new AuditQuery(100, null, AuditQuery.Filter.NONE)).entries().stream()
                .map(AuditPage.Entry::event)
                .toList();
    }

    private static ServiceException failure(ErrorKind kind, ThrowingCallable call) {
        ServiceException failure = catchThrowableOfType(ServiceException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).isEqualTo(kind);
        return failure;
    }
}
