package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Managing by an access token. */
class TokensTest {
    @RegisterExtension
    private static final TestService service = TestService.fresh();

    private static ApiClient owner;

    @BeforeAll
    static void start() {
        owner = ApiClient.owner(service);
    }

    @Test
    void whoAmI_isTheKey_inTheHighestRoleOfItsScopes_untilTheTokenExpires() {
        NewAccessKey key = service.key("latchkey:developer", "fx", "latchkey:admin");
        ApiClient program = ApiClient.withToken(service, accessToken(service.token(key, "")));

        assertThat(json(program.get("/api/session")))
                .containsEntry("username", key.key().id())
                .containsEntry("role", "admin")
                .containsEntry("kind", "key")
                .containsEntry(
                        "expires_at",
                        service.clock().instant().plus(Duration.ofHours(1)).toString());
    }

    @Test
    void aTokenWithLessThanItsKeyHas_mayLess() {
        NewAccessKey key = service.key("latchkey:developer", "latchkey:owner");

        ApiClient less = ApiClient.withToken(service, accessToken(service.token(key, "&scope=latchkey:developer")));

        assertThat(less.get("/api/keys").statusCode()).isEqualTo(200);
        assertThat(less.get("/api/users").statusCode()).isEqualTo(403);
    }

    @Test
    void aDisabledKeysToken_stopsAtOnce_andGoesOnWhenItIsEnabledAgain() {
        NewAccessKey key = service.key("latchkey:developer");
        ApiClient program = ApiClient.withToken(service, accessToken(service.token(key, "")));
        String path = "/api/keys/" + key.key().id();

        owner.patch(path, "{\"enabled\":false}");
        assertInvalid(program.get("/api/keys"));
        owner.patch(path, "{\"enabled\":true}");
        assertThat(program.get("/api/keys").statusCode()).isEqualTo(200);
        owner.delete(path);
        assertInvalid(program.get("/api/keys"));
    }

    @Test
    void aKeyThatLostItsScope_losesTheRoleAtOnce_whateverItsTokenSays() {
        NewAccessKey key = service.key("latchkey:owner", "latchkey:developer", "fx");
        ApiClient program = ApiClient.withToken(service, accessToken(service.token(key, "")));
        String path = "/api/keys/" + key.key().id();

        owner.patch(path, "{\"scopes\":[\"fx\",\"latchkey:developer\"]}");
        assertThat(program.get("/api/keys").statusCode()).isEqualTo(200);
        assertThat(program.get("/api/audit").statusCode()).isEqualTo(403);
        owner.patch(path, "{\"scopes\":[\"fx\"]}");
        assertThat(program.get("/api/keys").statusCode()).isEqualTo(403);
    }

    /** A key that was given more keeps the token it has, which says less. */
    @Test
    void aKeyThatGainedAScope_needsANewToken() {
        NewAccessKey key = service.key("latchkey:developer");
        ApiClient program = ApiClient.withToken(service, accessToken(service.token(key, "")));

        owner.patch("/api/keys/" + key.key().id(), "{\"scopes\":[\"latchkey:developer\",\"latchkey:owner\"]}");

        assertThat(program.get("/api/users").statusCode()).isEqualTo(403);
    }

    @Test
    void aToken_isDeadAtItsExpiry_andNotASecondBefore() {
        ApiClient program = ApiClient.withScopes(service, "latchkey:owner");

        service.clock().advance(Duration.ofHours(1).minusSeconds(1));
        assertThat(program.get("/api/keys").statusCode()).isEqualTo(200);
        service.clock().advance(Duration.ofSeconds(1));
        assertInvalid(program.get("/api/keys"));
        owner = ApiClient.owner(service);
    }

    @Test
    void aRevokedToken_stopsAtOnce() {
        NewAccessKey key = service.key("latchkey:owner");
        String token = accessToken(service.token(key, ""));
        ApiClient program = ApiClient.withToken(service, token);
        String basic = TestService.basic(key.key().id(), key.secret().reveal());

        service.send(service.request("/connect/revocation")
                .header("Authorization", basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token)));

        assertInvalid(program.get("/api/keys"));
    }

    @Test
    void aTokenForOthersOnly_isNotForUs() {
        owner.post("/api/scopes", "{\"name\":\"for-others\"}");
        String body = "{\"name\":\"n\",\"scopes\":[\"latchkey:owner\"],\"audience\":[\"https://other.example\"]}";
        Map<String, Object> key = json(owner.post("/api/keys", body));
        String basic = TestService.basic((String) key.get("id"), (String) key.get("secret"));

        String others =
                accessToken(service.token(basic, "grant_type=client_credentials&resource=https://other.example"));
        String all = accessToken(service.token(basic, "grant_type=client_credentials"));

        assertInvalid(ApiClient.withToken(service, others).get("/api/keys"));
        assertThat(ApiClient.withToken(service, all).get("/api/keys").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer ", "Bearer x", "bearer x.y.z", "BEARER \u00e9", "Bearer a b c", "Bearer null"})
    void whatIsNoToken_is401(String authorization) {
        assertInvalid(ApiClient.anonymous(service)
                .with("Authorization", authorization)
                .get("/api/keys"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic b3duZXI6cGFzc3dvcmQ=", "Bearerx", "Token x", "x"})
    void otherSchemes_areNobody(String authorization) {
        HttpResponse<String> answer = ApiClient.anonymous(service)
                .with("Authorization", authorization)
                .get("/api/keys");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"latchkey\"");
    }

    @Test
    void aTokenInTheQueryOrTheBody_isNotLookedAt() {
        String token = accessToken(service.token(service.key("latchkey:owner"), ""));

        assertThat(ApiClient.anonymous(service)
                        .get("/api/keys?access_token=" + token)
                        .statusCode())
                .isEqualTo(401);
    }

    private static void assertInvalid(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"latchkey\", error=\"invalid_token\"");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
}
