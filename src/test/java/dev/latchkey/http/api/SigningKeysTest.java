package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.header;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestCertificate;
import dev.latchkey.harness.TestService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing keys over HTTP: what an Owner sees and does, and what that means for tokens. */
class SigningKeysTest {
    private static final String ROTATE = "/api/signing-keys/rotate";

    @TempDir
    Path folder;

    @RegisterExtension
    private final TestService service = TestService.fresh();

    private ApiClient owner;
    private NewAccessKey key;

    @BeforeEach
    void start() {
        owner = ApiClient.owner(service);
        key = service.key("fx");
    }

    @Test
    void list_isOfThePublicParts_andAgreesWithTheJwkSet() {
        HttpResponse<String> answer = owner.get("/api/signing-keys");

        assertThat(data(answer)).hasSize(2);
        assertThat(data(answer).get(0).keySet().toString())
                .isEqualTo("[kid, state, algorithm, bits, created_at, published_at, activated_at, retired_at, "
                        + "published_until]");
        assertThat(kids(answer)).isEqualTo(jwks());
        assertThat(json(answer)).containsEntry("next_cursor", null);
        assertThat(answer.body()).doesNotContain("private");
    }

    @Test
    void rotate_at300s_notAt299s() {
        service.clock().advance(Duration.ofSeconds(299));
        HttpResponse<String> early = owner.post(ROTATE, "{}");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(json(early).get("detail").toString()).contains("2026-03-01T12:05:00Z");

        service.clock().advance(Duration.ofSeconds(1));
        HttpResponse<String> done = owner.post(ROTATE, "");
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(states(done)).containsExactly("active", "next", "retired");
        assertThat(kids(done)).isEqualTo(jwks());
        assertThat(signer()).isEqualTo(kids(done).get(0));
    }

    @Test
    void rotate_now_keepsTheTokensOfTheOldKeyGood() {
        String token = accessToken(service.token(key, ""));

        assertThat(states(owner.post(ROTATE, "{\"now\":true}"))).containsExactly("active", "next", "retired");

        assertThat(signer()).isNotEqualTo(header(token).get("kid"));
        assertThat(verify(token)).isEqualTo(200);
    }

    @Test
    void rotate_compromised_endsTheTokensOfTheOldKeyAtOnce() {
        String token = accessToken(service.token(key, ""));
        assertThat(verify(token)).isEqualTo(200);

        assertThat(states(owner.post(ROTATE, "{\"now\":false,\"compromised\":true}")))
                .containsExactly("active", "next");

        assertThat(jwks()).doesNotContain((String) header(token).get("kid"));
        assertThat(verify(token)).isEqualTo(401);
        assertThat(verify(accessToken(service.token(key, "")))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"now\":\"true\"}", "{\"now\":null}", "{\"now\":1}", "{\"compromised\":0}", "{\"force\":true}"
            })
    void rotate_withAnythingElse_isInvalid_andChangesNothing(String body) {
        List<String> before = jwks();

        assertThat(owner.post(ROTATE, body).statusCode()).isEqualTo(422);
        assertThat(jwks()).isEqualTo(before);
    }

    @Test
    void rotate_ofAServiceThatSignsWithAFile_isConflict() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        Path pem = folder.resolve("key.pem");
        TestCertificate.replace(
                pem,
                TestCertificate.pem(
                        "PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded()));
        try (TestService withFile = service.again(Map.of(ServeFlag.SIGNING_KEY_FILE, pem.toString()))) {
            HttpResponse<String> answer = ApiClient.owner(withFile).post(ROTATE, "{\"now\":true}");

            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(json(answer).get("detail").toString()).contains("--signing-key-file");
            assertThat(kids(ApiClient.owner(withFile).get("/api/signing-keys"))).hasSize(3);
        }
    }

    @Test
    void rotate_here_isFollowedByTheServiceBeside() {
        try (TestService beside = service.again()) {
            owner.post(ROTATE, "{\"compromised\":true}");
            beside.keepUp();

            assertThat(header(accessToken(beside.token(key, ""))).get("kid")).isEqualTo(signer());
            assertThat(json(beside.get("/.well-known/jwks.json")))
                    .isEqualTo(json(service.get("/.well-known/jwks.json")));
        }
    }

    private Object signer() {
        return header(accessToken(service.token(key, ""))).get("kid");
    }

    private int verify(String token) {
        return service.send(service.request("/connect/verify")
                        .header("Authorization", "Bearer " + token)
                        .GET())
                .statusCode();
    }

    private List<String> jwks() {
        List<?> keys = (List<?>) json(service.get("/.well-known/jwks.json")).get("keys");
        return keys.stream().map(jwk -> (String) ((Map<?, ?>) jwk).get("kid")).toList();
    }

    private static List<String> kids(HttpResponse<String> answer) {
        return data(answer).stream().map(item -> (String) item.get("kid")).toList();
    }

    private static List<Object> states(HttpResponse<String> answer) {
        return data(answer).stream().map(item -> item.get("state")).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> data(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return (List<Map<String, Object>>) json(answer).get("data");
    }
}
