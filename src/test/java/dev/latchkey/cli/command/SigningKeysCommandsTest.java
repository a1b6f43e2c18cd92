package dev.latchkey.cli.command;

import static dev.latchkey.cli.command.SigningKeysCli.algorithms;
import static dev.latchkey.cli.command.SigningKeysCli.data;
import static dev.latchkey.cli.command.SigningKeysCli.states;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signing-keys}, from a store without keys to another master key. */
class SigningKeysCommandsTest {
    @TempDir
    Path folder;

    private SigningKeysCli keys;

    @BeforeEach
    void writeKeyFile() throws GeneralSecurityException {
        keys = new SigningKeysCli(folder);
    }

    @Test
    void list_withoutAStore_orWithoutKeys_says() {
        assertThat(keys.run("list").code()).isEqualTo(1);
        CliRun.of("scopes", "add", "fx", "--db", keys.db());

        CliRun empty = keys.run("list");
        assertThat(empty.code()).isZero();
        assertThat(empty.out()).isEmpty();
        assertThat(empty.err()).contains("no signing key yet");
        assertThat(data(keys.run("list", "--json"))).isEmpty();
        assertThat(keys.run("rotate").oneLine()).contains("has no signing keys yet");
    }

    @Test
    void rotate_tooEarly_isExit1_andNamesTheMoment() {
        keys.run("import", keys.pem());

        CliRun early = keys.at(Duration.ofSeconds(299), "rotate");
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.oneLine()).contains("2030-01-31T12:05:00Z").contains("--now");

        CliRun done = keys.at(Duration.ofMinutes(5), "rotate", "--json");
        assertThat(done.code()).isZero();
        assertThat(states(done)).containsExactly("active", "next", "retired");
    }

    @Test
    void rotate_now_doesNotWait_andSaysWhenTheKeyIsTooFreshForOthers() {
        keys.run("import", keys.pem());

        assertThat(keys.run("rotate", "--now").err()).isEmpty();
        assertThat(keys.run("rotate", "--now").err()).contains("signs from 2030-01-31T12:00:05Z on");
    }

    @Test
    void rotate_compromised_dropsTheOldKey_andSaysSo() {
        String old =
                (String) data(keys.run("import", keys.pem(), "--json")).get(0).get("kid");

        CliRun done = keys.run("rotate", "--compromised", "--json");

        assertThat(states(done)).containsExactly("active", "next");
        assertThat(done.out()).doesNotContain(old);
        assertThat(done.err()).contains(old).contains("no longer verify");
    }

    @Test
    void keySize_isThatOfTheNewKey_andNoOther() {
        keys.run("import", keys.pem());

        CliRun rotated = keys.run("rotate", "--now", "--key-size", "3072", "--json");
        assertThat(data(rotated)).extracting(key -> key.get("bits").toString()).containsExactly("2048", "3072", "2048");
        CliRun wrong = keys.run("rotate", "--now", "--key-size", "1024");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.oneLine()).contains("--key-size must be 2048, 3072 or 4096");
    }

    @Test
    void signingAlgorithm_isThatOfTheNewKey_listed_andKeptFromThenOn() {
        keys.run("import", keys.pem());

        CliRun rotated = keys.run("rotate", "--now", "--signing-algorithm", "ES256", "--json");
        assertThat(algorithms(rotated)).containsExactly("RS256", "ES256", "RS256");
        assertThat(algorithms(keys.run("rotate", "--now", "--json")))
                .containsExactly("ES256", "ES256", "RS256", "RS256");
        assertThat(keys.run("list").out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
                .contains("    ES256")
                .anySatisfy(line -> assertThat(line).startsWith("    RS256, published until "));
        CliRun sized = keys.run("rotate", "--now", "--signing-algorithm", "EdDSA", "--key-size", "2048");
        assertThat(sized.code()).isEqualTo(2);
        assertThat(sized.oneLine()).contains("--key-size is for RS256");
        CliRun unknown = keys.run("rotate", "--now", "--signing-algorithm", "HS256");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.oneLine()).contains("--signing-algorithm must be RS256, ES256 or EdDSA");
    }

    @Test
    void rekey_encrypts_andChangesTheMasterKey() throws IOException {
        keys.run("import", keys.pem());
        String one = keys.masterKey("one");
        String two = keys.masterKey("two");

        assertThat(keys.run("rotate", "--now", "--master-key-file", one).oneLine())
                .contains("not encrypted yet");
        assertThat(keys.run("rekey").oneLine()).contains("--new-master-key-file is missing");
        assertThat(keys.run("rekey", "--new-master-key-file", one).out()).contains("--master-key-file " + one);
        assertThat(Files.readString(Path.of(keys.db()), StandardCharsets.ISO_8859_1))
                .contains("enc1:");
        assertThat(keys.run("rotate", "--now").oneLine()).contains("--master-key-file");
        assertThat(keys.run("rekey", "--new-master-key-file", two).oneLine()).contains("none was given");
        assertThat(keys.run("rekey", "--master-key-file", one, "--new-master-key-file", two)
                        .code())
                .isZero();
        assertThat(keys.run("rotate", "--now", "--master-key-file", one).oneLine())
                .contains("does not open");
        assertThat(keys.run("list").code()).isZero();
        CliRun byVariable = CliRun.with(
                Map.of("LATCHKEY_MASTER_KEY_FILE", two), "", "signing-keys", "rotate", "--now", "--db", keys.db());
        assertThat(byVariable.code()).isZero();
    }

    /** What a service could not start with is told before the old store is gone. */
    @Test
    void restore_checksThatTheMasterKeyOpensTheBackup() {
        String master = keys.masterKey("one");
        String backup = folder.resolve("backup.db").toString();
        keys.run("import", keys.pem());
        keys.run("rekey", "--new-master-key-file", master);
        CliRun.of("backup", backup, "--db", keys.db());

        CliRun other = CliRun.of("restore", backup, "--db", keys.db(), "--master-key-file", keys.masterKey("two"));
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.oneLine()).contains("does not open");
        assertThat(CliRun.of("restore", backup, "--db", keys.db(), "--master-key-file", master)
                        .err())
                .isEmpty();
        assertThat(CliRun.of("restore", backup, "--db", keys.db()).err()).contains("serve needs the master key");
    }

    @Test
    void output_neverHoldsAPrivatePart() throws IOException {
        String secret = Files.readString(Path.of(keys.pem()))
                .lines()
                .skip(8)
                .findFirst()
                .orElseThrow();
        String everything = keys.run("import", keys.pem(), "--json").out()
                + keys.run("list").out()
                + keys.run("rotate", "--now", "--json").out()
                + CliRun.of("audit", "--json", "--db", keys.db()).out();

        assertThat(everything).doesNotContain(secret).doesNotContain("private");
    }
}
