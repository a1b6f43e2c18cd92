package dev.latchkey.cli.command.signing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signing-keys}, from a store without keys to another master key. */
class SigningKeysCommandsTest {
    @TempDir
    Path folder;

    private String db;
    private String pem;

    @BeforeEach
    void writeFiles() throws GeneralSecurityException {
        db = folder.resolve("keys.db").toString();
        pem = folder.resolve("key.pem").toString();
        writeKey(pem, "RSA", 2048);
    }

    @Test
    void list_withoutAStore_orWithoutKeys_says() {
        assertThat(run("list").code()).isEqualTo(1);
        CliRun.of("scopes", "add", "fx", "--db", db);

        CliRun empty = run("list");
        assertThat(empty.code()).isZero();
        assertThat(empty.out()).isEmpty();
        assertThat(empty.err()).contains("no signing key yet");
        assertThat(data(run("list", "--json"))).isEmpty();
        assertThat(run("rotate").oneLine()).contains("has no signing keys yet");
    }

    @Test
    void import_intoANewStore_isActive_andListed() {
        CliRun imported = run("import", pem, "--json");

        assertThat(imported.code()).isZero();
        assertThat(imported.err()).isEmpty();
        assertThat(data(imported)).hasSize(2).isEqualTo(data(run("list", "--json")));
        assertThat(data(imported).get(0).keySet().toString())
                .isEqualTo("[kid, state, algorithm, bits, created_at, published_at, activated_at, retired_at, "
                        + "published_until]");
        assertThat(states(imported)).containsExactly("active", "next");
        assertThat(run("list").out()).contains("active").contains("next").contains("2030-01-31T12:00:00Z");
        assertThat(run("import", pem).oneLine()).contains("is in the store already");
    }

    @Test
    void rotate_tooEarly_isExit1_andNamesTheMoment() {
        run("import", pem);

        CliRun early = at(Duration.ofSeconds(299), "rotate");
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.oneLine()).contains("2030-01-31T12:05:00Z").contains("--now");

        CliRun done = at(Duration.ofMinutes(5), "rotate", "--json");
        assertThat(done.code()).isZero();
        assertThat(states(done)).containsExactly("active", "next", "retired");
    }

    @Test
    void rotate_now_doesNotWait_andSaysWhenTheKeyIsTooFreshForOthers() {
        run("import", pem);

        assertThat(run("rotate", "--now").err()).isEmpty();
        assertThat(run("rotate", "--now").err()).contains("signs from 2030-01-31T12:00:05Z on");
    }

    @Test
    void rotate_compromised_dropsTheOldKey_andSaysSo() {
        String old = (String) data(run("import", pem, "--json")).get(0).get("kid");

        CliRun done = run("rotate", "--compromised", "--json");

        assertThat(states(done)).containsExactly("active", "next");
        assertThat(done.out()).doesNotContain(old);
        assertThat(done.err()).contains(old).contains("no longer verify");
    }

    @Test
    void keySize_isThatOfTheNewKey_andNoOther() {
        run("import", pem);

        CliRun rotated = run("rotate", "--now", "--key-size", "3072", "--json");
        assertThat(data(rotated)).extracting(key -> key.get("bits").toString()).containsExactly("2048", "3072", "2048");
        CliRun wrong = run("rotate", "--now", "--key-size", "1024");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.oneLine()).contains("--key-size must be 2048, 3072 or 4096");
    }

    @Test
    void signingAlgorithm_isThatOfTheNewKey_listed_andKeptFromThenOn() {
        run("import", pem);

        CliRun rotated = run("rotate", "--now", "--signing-algorithm", "ES256", "--json");
        assertThat(algorithms(rotated)).containsExactly("RS256", "ES256", "RS256");
        assertThat(algorithms(run("rotate", "--now", "--json"))).containsExactly("ES256", "ES256", "RS256", "RS256");
        assertThat(run("list").out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
                .contains("    ES256")
                .anySatisfy(line -> assertThat(line).startsWith("    RS256, published until "));
        CliRun sized = run("rotate", "--now", "--signing-algorithm", "EdDSA", "--key-size", "2048");
        assertThat(sized.code()).isEqualTo(2);
        assertThat(sized.oneLine()).contains("--key-size is for RS256");
        CliRun unknown = run("rotate", "--now", "--signing-algorithm", "HS256");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.oneLine()).contains("--signing-algorithm must be RS256, ES256 or EdDSA");
    }

    @Test
    void import_ofOtherKinds_saysTheAlgorithm_andOfAnotherCurve_whatIsMeant() throws GeneralSecurityException {
        run("import", pem);

        writeKey(pem, "Ed25519", 255);
        assertThat(algorithms(run("import", pem, "--json"))).containsExactly("RS256", "EdDSA");
        writeKey(pem, "EC", 256);
        assertThat(algorithms(run("import", pem, "--json"))).containsExactly("RS256", "ES256");
        writeKey(pem, "EC", 384);
        CliRun refused = run("import", pem);
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.oneLine()).contains("another curve than P-256");
    }

    @Test
    void import_ofWhatIsNoKey_isExit1_andChangesNothing() throws IOException {
        Files.setPosixFilePermissions(Path.of(pem), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("import", pem).oneLine()).contains("chmod 600");
        assertThat(run("import", pem + "x").oneLine()).contains("cannot be read");
        assertThat(run("import").code()).isEqualTo(2);
    }

    @Test
    void rekey_encrypts_andChangesTheMasterKey() throws IOException {
        run("import", pem);
        String one = masterKey("one");
        String two = masterKey("two");

        assertThat(run("rotate", "--now", "--master-key-file", one).oneLine()).contains("not encrypted yet");
        assertThat(run("rekey").oneLine()).contains("--new-master-key-file is missing");
        assertThat(run("rekey", "--new-master-key-file", one).out()).contains("--master-key-file " + one);
        assertThat(Files.readString(Path.of(db), StandardCharsets.ISO_8859_1)).contains("enc1:");
        assertThat(run("rotate", "--now").oneLine()).contains("--master-key-file");
        assertThat(run("rekey", "--new-master-key-file", two).oneLine()).contains("none was given");
        assertThat(run("rekey", "--master-key-file", one, "--new-master-key-file", two)
                        .code())
                .isZero();
        assertThat(run("rotate", "--now", "--master-key-file", one).oneLine()).contains("does not open");
        assertThat(run("list").code()).isZero();
        CliRun byVariable =
                CliRun.with(Map.of("LATCHKEY_MASTER_KEY_FILE", two), "", "signing-keys", "rotate", "--now", "--db", db);
        assertThat(byVariable.code()).isZero();
    }

    @Test
    void output_neverHoldsAPrivatePart() throws IOException {
        String secret =
                Files.readString(Path.of(pem)).lines().skip(8).findFirst().orElseThrow();
        String everything = run("import", pem, "--json").out()
                + run("list").out()
                + run("rotate", "--now", "--json").out()
                + CliRun.of("audit", "--json", "--db", db).out();

        assertThat(everything).doesNotContain(secret).doesNotContain("private");
    }

    private CliRun run(String... words) {
        return at(Duration.ZERO, words);
    }

    private CliRun at(Duration later, String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "signing-keys";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--db";
        all[words.length + 2] = db;
        Instant now = CliRun.NOW.plus(later);
        return CliRun.at(now, Map.of(), "", all);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> data(CliRun run) {
        return (List<Map<String, Object>>) Answers.json(run.out()).get("data");
    }

    private static List<Object> states(CliRun run) {
        return data(run).stream().map(key -> key.get("state")).toList();
    }

    private String masterKey(String name) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) name.length();
        bytes[1] = (byte) name.charAt(0);
        Path file = folder.resolve(name);
        TestCertificate.replace(file, Base64.getEncoder().encodeToString(bytes) + "\n");
        return file.toString();
    }

    private static List<Object> algorithms(CliRun run) {
        return data(run).stream().map(key -> key.get("algorithm")).toList();
    }

    private static void writeKey(String file, String kind, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(bits);
        byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
        TestCertificate.replace(Path.of(file), TestCertificate.pem("PRIVATE KEY", pkcs8));
    }

    @Test
    void aFolderInTheKeyFilesPlace_isNamedAsSuch_andItsModesAreLeftAlone() throws IOException {
        Path keys = Files.createDirectory(folder.resolve("keys"));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-xr-x"));

        CliRun run = CliStore.in(folder).run("signing-keys", "import", keys.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine())
                .contains(keys + " cannot be read: it is a folder")
                .doesNotContain("chmod");
    }
}
