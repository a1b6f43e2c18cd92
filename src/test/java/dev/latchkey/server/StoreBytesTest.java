package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import dev.latchkey.signingkey.RotationMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a master key no file of the store holds a private key in any form, nor a secret, a password, a session or a token:
 * not the database, not its write-ahead log, not a backup.
 */
class StoreBytesTest {
    private static final Actor OPERATOR = Actor.operator("test");

    /** The algorithm rsaEncryption within PKCS#8, before the private part. */
    private static final byte[] PKCS8 = HexFormat.of().parseHex("300d06092a864886f70d01010105000482");

    @TempDir
    Path folder;

    private final List<String> secrets = new ArrayList<>();
    private Path masterKey;
    private Path otherMasterKey;

    @BeforeEach
    void masterKeys() throws IOException {
        masterKey = masterKey("one", (byte) 1);
        otherMasterKey = masterKey("other", (byte) 2);
    }

    @Test
    void aNewStore_holdsNothing_nothingAfterTheMasterKeyChanged_andNothingInABackup() throws Exception {
        try (TestService service = TestService.start(folder, Map.of(ServeFlag.MASTER_KEY_FILE, masterKey.toString()))) {
            use(service);
            assertNothing("running");
            service.services()
                    .signingKeys(masterKey, null, 2048)
                    .changeMasterKey(OPERATOR, Services.seal(otherMasterKey));
            assertNothing("changed");
            service.services().backup(folder.resolve("backup.db"));
        }
        assertNothing("stopped");
    }

    @Test
    void aPlainStore_holdsNothingAnyMore_onceThereIsAMasterKey() throws Exception {
        try (TestService plain = TestService.start(folder)) {
            plain.services().signingKeys(null, null, 2048).rotate(OPERATOR, RotationMode.NOW);
            assertThat(found()).as("the search finds what is there").isNotEmpty();

            try (TestService encrypting = plain.again(Map.of(ServeFlag.MASTER_KEY_FILE, masterKey.toString()))) {
                use(encrypting);
                assertNothing("beside one that began without");
                encrypting.services().backup(folder.resolve("backup.db"));
            }
        }
        assertNothing("stopped");
    }

    /** Whatever brings a secret into the service. */
    private void use(TestService service) throws Exception {
        NewAccessKey key = service.key("fx");
        secrets.add(key.secret().reveal());
        secrets.add(service.services()
                .accessKeys()
                .rotate(OPERATOR, key.key().id(), Duration.ofHours(1))
                .secret()
                .reveal());
        String token = accessToken(service.token(key, ""));
        service.post("/connect/revocation", key, "token=" + token);
        secrets.add(token);
        HttpResponse<String> signedIn = ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD);
        secrets.add(TestService.OWNER_PASSWORD);
        secrets.add(ApiClient.cookie(signedIn).replaceFirst(".*?=", "").replaceFirst(";.*", ""));
        var signingKeys = service.services().signingKeys(masterKey, null, 2048);
        signingKeys.importKey(OPERATOR, pem());
        signingKeys.rotate(OPERATOR, RotationMode.NOW);
        service.keepUp();
        secrets.add(accessToken(service.token(key, "")));
    }

    /** A key from elsewhere, whose private numbers are looked for too. */
    private Path pem() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
        byte[] prime = key.getPrimeP().toByteArray();
        secrets.add(latin1(prime));
        secrets.add(Base64.getUrlEncoder().withoutPadding().encodeToString(prime));
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        secrets.add(base64.lines().skip(9).findFirst().orElseThrow());
        return secret("import.pem", "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    }

    private void assertNothing(String when) {
        assertThat(found()).as(when).isEmpty();
    }

    private List<String> found() {
        List<String> wanted = new ArrayList<>(secrets);
        wanted.add(latin1(PKCS8));
        wanted.add("PRIVATE KEY");
        for (int shift = 0; shift < 3; shift++) {
            wanted.add(base64At(shift));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains(".db"))
                    .filter(file -> wanted.stream().anyMatch(text(file)::contains))
                    .map(Path::toString)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How base64 shows it, so many bytes after a multiple of three; the ends, which neighbours change, are left off. */
    private static String base64At(int shift) {
        byte[] shifted = new byte[shift + PKCS8.length];
        System.arraycopy(PKCS8, 0, shifted, shift, PKCS8.length);
        String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return base64.substring(shift == 0 ? 0 : shift + 1, base64.length() - 2);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private Path masterKey(String name, byte filledWith) throws IOException {
        byte[] key = new byte[32];
        Arrays.fill(key, filledWith);
        String base64 = Base64.getEncoder().encodeToString(key);
        secrets.add(base64);
        return secret(name, base64);
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
