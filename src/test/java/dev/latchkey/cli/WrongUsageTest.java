package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done wrong is answered with one line, in one style, that leads on. */
class WrongUsageTest {
    @TempDir
    Path folder;

    /** Every error follows the colon without a capital and without a full stop, except for names. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kes list",
                "keys lst",
                "keys",
                "keys list --jsn",
                "keys list --q",
                "keys list x",
                "keys list --enabled --disabled",
                "keys show",
                "keys show nothing",
                "keys show acs_xxxxxxxx",
                "keys edit nothing",
                "keys edit nothing --name x",
                "keys edit k --token-lifetime 1s",
                "keys edit k --expires-at soon",
                "keys create",
                "keys create x",
                "keys create x --scopes",
                "keys create x --scopes none-such",
                "keys create x --scopes a --claims {",
                "keys create x --scopes a --no-secret",
                "keys create x --scopes a --env --json",
                "keys rotate nothing",
                "keys rotate k --grace 99d",
                "keys disable nothing",
                "keys delete k",
                "keys delete nothing --yes",
                "keys import",
                "keys import none.json",
                "keys import -",
                "keys export /none/x.json",
                "keys list --db /none/x.db",
                "keys list --db postgres://u:hidden@db/x",
                "keys list --db mysql://x",
                "scopes add",
                "scopes add latchkey:x",
                "scopes add a",
                "scopes remove none-such",
                "scopes remove a",
                "users add ann",
                "users add ann --role king",
                "users add ann --role owner",
                "users passwd nobody",
                "users remove nobody",
                "users role ann",
                "audit --limit x",
                "audit --limit 0",
                "audit --cursor x",
                "token",
                "token --key-id x --url nothing",
                "inspect",
                "inspect x",
                "inspect ack_x",
                "signing-keys import none.pem",
                "signing-keys rotate",
                "backup",
                "serve --port x",
                "serve --issuer x/",
                "serve --tls-cert none.pem",
                "health --url x"
            })
    void error_isOneLineInOneStyle(String words) {
        CliStore store = CliStore.in(folder);
        store.create("k");

        CliRun run = store.run(words.split(" ", -1));

        assertThat(run.code()).isIn(1, 2);
        assertThat(run.oneLine())
                .startsWith("latchkey: ")
                .doesNotMatch(".*[^.]\\.")
                .doesNotMatch("latchkey: \\p{Lu}\\p{Ll}*[ ,].*")
                .doesNotContain("hidden");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "There is no key.|there is no key",
                "PostgreSQL says no.|PostgreSQL says no",
                "Latchkey is old.|Latchkey is old",
                "--db must be a file.|--db must be a file",
                "A key is one. It has a name.|a key is one. It has a name",
                "JSON is wanted|JSON is wanted",
                "and so on ...|and so on ..."
            })
    void style_isThatOfATextAfterAColon(String message, String styled) {
        assertThat(ErrorStyle.of(message)).isEqualTo(styled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://app:s3c@ret@db/latchkey",
                "postgres://app:s3c?ret@db/latchkey",
                "postgres://app:s3/cret@db/latchkey",
                "postgresql://app:s3c%ret@db/latchkey"
            })
    void urlWithAPasswordThatIsNotEncoded_isExplained_withoutIt(String url) {
        CliRun flag = CliRun.of("keys", "list", "--db", url);
        CliRun variable = CliRun.with(Map.of("LATCHKEY_DB", url), "", "keys", "create", "x", "--scopes", "a");

        for (CliRun run : List.of(flag, variable)) {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.oneLine())
                    .containsAnyOf("is not percent-encoded", "is not well-formed")
                    .doesNotContain("s3")
                    .doesNotContain("ret@");
        }
        assertThat(flag.oneLine()).startsWith("latchkey: --db: ");
        assertThat(variable.oneLine()).startsWith("latchkey: LATCHKEY_DB: ");
    }

    @Test
    void aUrlOfAnotherKindOfDatabase_isWrongUsageOfTheFlagOrVariable() {
        CliRun flag = CliRun.of("serve", "--db", "jdbc:mysql://x");
        CliRun variable = CliRun.with(Map.of("LATCHKEY_DB", "jdbc:mysql://x"), "", "serve");

        assertThat(List.of(flag.code(), variable.code())).containsOnly(2);
        assertThat(flag.oneLine()).startsWith("latchkey: --db: the store must be a SQLite file, or ");
        assertThat(variable.oneLine()).startsWith("latchkey: LATCHKEY_DB: the store must be a SQLite file, or ");
    }

    @Test
    void optionsBeforeTheCommand_areItsOptions() {
        CliStore store = CliStore.in(folder);
        store.create("k");
        String db = store.file().toString();

        assertThat(CliRun.of("--db", db, "keys", "list", "--json"))
                .isEqualTo(CliRun.of("keys", "list", "--json", "--db", db));
        assertThat(CliRun.of("--json", "--db=" + db, "keys", "show", "k"))
                .isEqualTo(CliRun.of("keys", "show", "k", "--json", "--db", db));
        assertThat(CliRun.of("--limit", "1", "--db", db, "audit").out())
                .hasLineCount(
                        CliRun.of("audit", "--limit", "1", "--db", db).out().split("\n", -1).length - 1);
        CliRun wrong = CliRun.of("--port", "1", "keys", "list");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.oneLine()).contains("keys list has no option \"--port\"");
        assertThat(CliRun.of("--port", "x", "--db", "keys").oneLine()).contains("--port must be");
    }

    @Test
    void token_mistypedSecret_isToldBeforeTheServiceIsAsked() {
        String secret = (String) CliStore.in(folder).create("k").get("secret");
        for (String typo : Arrays.asList(
                secret.substring(0, secret.length() - 1),
                secret.replace("acs_", "acs_x").substring(0, 53),
                secret + "x")) {
            CliRun run = CliRun.with(
                    Map.of("LATCHKEY_KEY_ID", "k", "LATCHKEY_KEY_SECRET", typo, "LATCHKEY_URL", "http://127.0.0.1:1"),
                    "",
                    "token");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.oneLine())
                    .contains("the secret ")
                    .contains("the service was not asked")
                    .doesNotContain(typo);
        }
        CliRun right = CliRun.with(
                Map.of("LATCHKEY_KEY_ID", "k", "LATCHKEY_KEY_SECRET", secret, "LATCHKEY_URL", "http://127.0.0.1:1"),
                "",
                "token");
        assertThat(right.oneLine()).contains("nothing listens at http://127.0.0.1:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys export", "keys import", "backup", "keys create x --scopes a --env-file"})
    void aFileWithoutAName_isWrongUsage(String command) {
        CliStore store = CliStore.in(folder);
        store.run("scopes", "add", "a");
        String[] words = (command + " ").split(" ", -1);

        CliRun run = store.run(words);

        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.oneLine()).contains("the name of the file is empty");
        assertThat(store.data("keys", "list", "--json")).isEmpty();
    }

    @Test
    void aDash_isNoFile_whereStandardOutputCannotBeMeant() {
        CliStore store = CliStore.in(folder);
        store.run("scopes", "add", "a");

        CliRun backup = store.run("backup", "-");
        CliRun create = store.run("keys", "create", "x", "--scopes", "a", "--env-file", "-");

        assertThat(List.of(backup.code(), create.code())).containsOnly(2);
        assertThat(backup.oneLine()).contains("name a file");
        assertThat(create.oneLine()).contains("--env prints");
        assertThat(store.data("keys", "list", "--json")).isEmpty();
        assertThat(Path.of("-")).doesNotExist();
    }
}
