package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.claims;
import static dev.latchkey.harness.Answers.header;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that another program signed with the signing key, which was given to the service as a file. */
class OutsideSignerTest {
    private static final RSAKey SIGNING_KEY = rsa();

    @TempDir
    Path folder;

    @AutoClose
    private TestService service;

    private NewAccessKey key;

    @BeforeEach
    void start() throws Exception {
        Path file = folder.resolve("signing.pem");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(SIGNING_KEY.toRSAPrivateKey().getEncoded());
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        service = TestService.start(folder, Map.of(ServeFlag.SIGNING_KEY_FILE, file.toString()));
        key = service.key("fx");
    }

    @Test
    void notBefore_ahead_isInactive_untilItBegins_toTheSecond() {
        Instant begin = service.clock().instant().plusSeconds(2);
        String token = signed(claims -> claims.put("nbf", begin.getEpochSecond()));

        assertInactive(token);
        service.clock().advance(Duration.ofSeconds(1));
        assertInactive(token);
        service.clock().advance(Duration.ofSeconds(1));
        assertActive(token);
    }

    @Test
    void expiry_isToTheSecond() {
        Instant end = service.clock().instant().plusSeconds(2);
        String token = signed(claims -> claims.put("exp", end.getEpochSecond()));

        service.clock().advance(Duration.ofSeconds(1));
        assertActive(token);
        service.clock().advance(Duration.ofSeconds(1));
        assertInactive(token);
    }

    @Test
    void notBefore_thatIsNoTime_isInactive() {
        long begin = service.clock().instant().getEpochSecond();

        assertActive(signed(claims -> claims.put("nbf", begin)));
        for (Object other : List.of("now", begin + 0.5, List.of(begin), -1, Long.MAX_VALUE)) {
            assertInactive(signed(claims -> claims.put("nbf", other)));
        }
    }

    private void assertActive(String token) {
        assertThat(json(service.post("/connect/introspect", key, "token=" + token)))
                .containsEntry("active", true);
        assertThat(service.verify(token, "").statusCode()).isEqualTo(200);
    }

    private void assertInactive(String token) {
        assertThat(service.post("/connect/introspect", key, "token=" + token).body())
                .isEqualTo("{\"active\":false}");
        assertThat(service.verify(token, "").statusCode()).isEqualTo(401);
    }

    /** What the service itself would have signed, changed so. */
    private String signed(Consumer<Map<String, Object>> change) {
        String ours = accessToken(service.token(key, ""));
        Map<String, Object> claims = new LinkedHashMap<>(claims(ours));
        change.accept(claims);
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID((String) header(ours).get("kid"))
                        .build(),
                new Payload(claims));
        try {
            token.sign(new RSASSASigner(SIGNING_KEY));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static RSAKey rsa() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
