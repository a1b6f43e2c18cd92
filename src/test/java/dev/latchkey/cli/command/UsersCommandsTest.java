package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersCommandsTest {
    private static final String PASSWORD = "Tr0ub4dor & ümläut";

    @TempDir
    private Path folder;

    private CliStore store;

    @BeforeEach
    void openStore() {
        store = CliStore.in(folder);
    }

    private CliRun add(String name, String role) {
        return store.reading(PASSWORD + "\n", "users", "add", name, "--role", role);
    }

    @Test
    void add_thenList_showsWho() {
        assertThat(add("ann", "owner")).isEqualTo(new CliRun(0, "Added ann, owner\n", ""));
        assertThat(add("bob@example.org", "developer").code()).isZero();
        assertThat(store.run("users", "list").out()).isEqualTo("""
                        NAME             ROLE       SINCE
                        ann              owner      2030-01-31T12:00:00Z
                        bob@example.org  developer  2030-01-31T12:00:00Z
                        """);
    }

    @Test
    void json_isTheUserWithoutAnyPassword() {
        CliRun added = store.reading(PASSWORD, "users", "add", "ann", "--role", "owner", "--json");
        Map<String, Object> ann = Map.of("username", "ann", "role", "owner", "created_at", "2030-01-31T12:00:00Z");
        assertThat(CliStore.json(added)).isEqualTo(ann);
        assertThat(store.data("users", "list", "--json")).containsExactly(ann);
        add("bob", "owner");
        assertThat(store.json("users", "role", "ann", "admin", "--json")).containsEntry("role", "admin");
    }

    @Test
    void add_withoutAnyOwner_saysHowToMakeOne() {
        CliRun run = add("ann", "admin");
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("no Owner yet").contains("--role owner");
    }

    @Test
    void add_takenName_exitsOne() {
        add("ann", "owner");
        CliRun run = add("ann", "admin");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("with this name already");
    }

    @Test
    void add_withoutRole_exitsTwoAndNamesThem() {
        CliRun run = store.reading(PASSWORD, "users", "add", "ann");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("developer, admin or owner");
        assertThat(add("ann", "Owner").oneLine()).contains("developer, admin or owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ann\u001b[2J", "<script>", "Zoë"})
    void add_badName_exitsTwoBeforeAsking(String name) {
        CliRun run = store.typing(List.of(), "users", "add", name, "--role", "owner");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("NAME must be 1 to 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "elevenchars", "\n", "a\ufffdbcdefghijkl"})
    void add_badPassword_exitsTwo_isNotRepeated_andMakesNoStore(String password) {
        CliRun run = store.reading(password, "users", "add", "ann", "--role", "owner");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.oneLine()).contains("password").doesNotContain("eleven").doesNotContain("bcdef");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void add_passwordOfTwelveCharacters_isTaken() {
        assertThat(store.reading("twelve chars", "users", "add", "ann", "--role", "owner")
                        .code())
                .isZero();
    }

    @Test
    void passwordsAtATerminal_areAskedForTwice_andNeverShown() {
        CliRun run = store.typing(List.of(PASSWORD, PASSWORD), "users", "add", "ann", "--role", "owner");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEqualTo("Password for ann: The same again: ");
        assertThat(run.out()).doesNotContain(PASSWORD);
    }

    @Test
    void passwordsThatDiffer_changeNothing() {
        CliRun run = store.typing(List.of(PASSWORD, PASSWORD + "x"), "users", "add", "ann", "--role", "owner");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("differ").doesNotContain(PASSWORD);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void passwd_changesThePassword_andEchoesNone() {
        add("ann", "owner");
        CliRun run = store.reading("another password\n", "users", "passwd", "ann");
        assertThat(run).isEqualTo(new CliRun(0, "Changed the password of ann and ended their sessions\n", ""));
        assertThat(store.run("audit", "--json").out())
                .contains("user.password")
                .doesNotContain("another password")
                .doesNotContain("argon2");
    }

    @Test
    void role_changesIt() {
        add("ann", "owner");
        add("bob", "developer");
        assertThat(store.run("users", "role", "bob", "admin"))
                .isEqualTo(new CliRun(0, "bob is admin from now on\n", ""));
        assertThat(store.run("users", "role", "bob", "king").code()).isEqualTo(2);
        assertThat(store.run("users", "role", "bob").oneLine()).contains("users role needs NAME ROLE");
        assertThat(store.run("users", "role", "bob", "admin", "x").code()).isEqualTo(2);
    }

    @Test
    void lastOwner_isNeitherRemovedNorDemoted() {
        add("ann", "owner");
        assertThat(store.run("users", "remove", "ann").code()).isEqualTo(1);
        assertThat(store.run("users", "role", "ann", "admin").oneLine()).contains("Owner");
        assertThat(store.data("users", "list", "--json"))
                .singleElement()
                .satisfies(user -> assertThat(user).containsEntry("role", "owner"));
    }

    @Test
    void remove_takesThemOut() {
        add("ann", "owner");
        add("bob", "developer");
        assertThat(store.run("users", "remove", "bob")).isEqualTo(new CliRun(0, "Removed bob\n", ""));
        assertThat(store.run("users", "list").out()).doesNotContain("bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"passwd bob", "role bob admin", "remove bob"})
    void unknownUser_exitsOne(String words) {
        add("ann", "owner");
        CliRun run = store.reading(PASSWORD, ("users " + words).split(" ", -1));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("no user");
    }

    @Test
    void list_withoutUsers_printsNothingOnStdout() {
        store.createId("ci");
        CliRun run = store.run("users", "list");
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("no user yet");
    }
}
