package dev.latchkey.cli.command;

import dev.latchkey.cli.CliRun;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.TestCertificate;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** {@code signing-keys} on a store of its own, beside a file with an RSA key. */
final class SigningKeysCli {
    private final Path folder;
    private final String db;
    private final String pem;

    SigningKeysCli(Path folder) throws GeneralSecurityException {
        this.folder = folder;
        this.db = folder.resolve("keys.db").toString();
        this.pem = folder.resolve("key.pem").toString();
        writeKey("RSA", 2048);
    }

    String db() {
        return db;
    }

    String pem() {
        return pem;
    }

    CliRun run(String... words) {
        return at(Duration.ZERO, words);
    }

    CliRun at(Duration later, String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "signing-keys";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--db";
        all[words.length + 2] = db;
        Instant now = CliRun.NOW.plus(later);
        return CliRun.at(now, Map.of(), "", all);
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> data(CliRun run) {
        return (List<Map<String, Object>>) Answers.json(run.out()).get("data");
    }

    static List<Object> states(CliRun run) {
        return data(run).stream().map(key -> key.get("state")).toList();
    }

    static List<Object> algorithms(CliRun run) {
        return data(run).stream().map(key -> key.get("algorithm")).toList();
    }

    String masterKey(String name) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) name.length();
        bytes[1] = (byte) name.charAt(0);
        Path file = folder.resolve(name);
        TestCertificate.replace(file, Base64.getEncoder().encodeToString(bytes) + "\n");
        return file.toString();
    }

    void writeKey(String kind, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(bits);
        byte[] pkcs8 = generator.generateKeyPair().getPrivate().getEncoded();
        TestCertificate.replace(Path.of(pem), TestCertificate.pem("PRIVATE KEY", pkcs8));
    }
}
