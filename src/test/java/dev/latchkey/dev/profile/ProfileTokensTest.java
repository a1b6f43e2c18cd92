package dev.latchkey.dev.profile;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.claims;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of every profile, at the service's own endpoints and at the providers'. */
class ProfileTokensTest {
    private static final String KEYCLOAK = "/realms/acme/protocol/openid-connect/token";

    private static ProfileService service;

    @BeforeAll
    static void start() {
        service = ProfileService.start("keycloak", "auth0", "entra", "hydra", "duende");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({
        KEYCLOAK + ", ''",
        "/oauth/token, ''",
        "/acme/oauth2/v2.0/token, &scope=.default",
        "/oauth2/token, ''",
        "/connect/token, ''"
    })
    void tokenOfAnyProfile_countsAtTheServicesOwnEndpoints(String path, String form) {
        String token = service.token(path, "orders", form);

        Map<String, Object> active = json(service.post("/connect/introspect", "plain", "token=" + token));
        assertThat(active).containsEntry("active", true).containsAllEntriesOf(claims(token));
        HttpResponse<String> verified = verify(token, "?scope=fx+vault");
        assertThat(verified.statusCode()).isEqualTo(200);
        assertThat(verified.headers().firstValue("X-Latchkey-Client-Id")).hasValue("orders");
        assertThat(verified.headers().firstValue("X-Latchkey-Scope")).hasValue("fx vault");
        assertThat(verify(token, "?scope=admin").statusCode()).isEqualTo(403);

        service.post("/connect/revocation", "orders", "token=" + token);
        assertThat(service.post("/connect/introspect", "plain", "token=" + token)
                        .body())
                .isEqualTo("{\"active\":false}");
    }

    @ParameterizedTest
    @CsvSource({
        KEYCLOAK + ", ''",
        "/oauth/token, ''",
        "/acme/oauth2/v2.0/token, &scope=.default",
        "/acme/oauth2/v2.0/token, &scope=https://x.example.com/.default",
        "/oauth2/token, ''",
        "/connect/token, ''"
    })
    void tokenWithAReservedScope_opensTheManagementApi(String path, String form) {
        String token = service.token(path, "owner", form);

        HttpResponse<String> keys =
                service.send(service.request("/api/keys").header("Authorization", "Bearer " + token));

        assertThat(keys.statusCode()).as(keys.body()).isEqualTo(200);
    }

    @Test
    void claimsOfAKey_takeNoScopeThatItDoesNotHave() {
        String token = service.token("/oauth2/token", "plain", "");

        assertThat(verify(token, "?scope=vault").statusCode()).isEqualTo(403);
    }

    @Test
    void keycloakIntrospection_saysWhoAndIsOfAnyRealm() {
        String token = service.token(KEYCLOAK, "orders", "");
        String path = "/realms/other/protocol/openid-connect/token/introspect";

        assertThat(json(service.post(path, "plain", "token=" + token)))
                .containsEntry("active", true)
                .containsEntry("username", "service-account-orders")
                .containsEntry("client_id", "orders")
                .containsEntry("typ", "Bearer")
                .containsEntry("token_type", "Bearer");
        assertThat(service.post(path, "plain", "token=x").body()).isEqualTo("{\"active\":false}");
        HttpResponse<String> refused = service.post(path, "plain", "wrong", "token=" + token);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(json(refused)).containsEntry("error", "invalid_client");
    }

    @Test
    void hydraIntrospection_asksForAKey() {
        String token = service.token("/oauth2/token", "orders", "");

        assertThat(json(service.post("/admin/oauth2/introspect", "plain", "token=" + token)))
                .containsEntry("active", true)
                .containsEntry("scope", "fx vault")
                .containsEntry("token_use", "access_token")
                .containsEntry("ext", Map.of("team", "treasury"));
        HttpResponse<String> without = service.send(service.request("/admin/oauth2/introspect")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token)));
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.body()).doesNotContain("active");
    }

    @Test
    void auth0_takesJson_andNothingElseThanStringsInIt() {
        HttpResponse<String> good = postJson("/oauth/token", """
                {"grant_type":"client_credentials","client_id":"orders","client_secret":"%s","audience":"5d1f"}
                """.formatted(ProfileService.SECRET));

        assertThat(claims(accessToken(good))).containsEntry("aud", "5d1f").containsEntry("sub", "orders@clients");
        for (String bad : List.of(
                "{\"grant_type\":[\"client_credentials\"]}",
                "{\"grant_type\":1}",
                "[]",
                "{",
                "{\"a\":\"1\",\"a\":\"2\"}")) {
            HttpResponse<String> answer = postJson("/oauth/token", bad);
            assertThat(answer.statusCode()).as(bad).isEqualTo(400);
            assertThat(json(answer)).containsEntry("error", "invalid_request").containsKey("error_description");
        }
        assertThat(postJson(KEYCLOAK, "{}").statusCode()).isEqualTo(415);
    }

    @Test
    void auth0_withoutAudience_isForTheFirstOfTheKey_orTheService() {
        assertThat(claims(service.token("/oauth/token", "orders", ""))).containsEntry("aud", "https://api.example.com");
        assertThat(claims(service.token("/oauth/token", "plain", ""))).containsEntry("aud", service.issuer());
    }

    @Test
    void auth0_documentStandsBesideTheServicesOwn() {
        assertThat(json(service.get("/.well-known/openid-configuration")))
                .containsEntry("issuer", service.issuer() + "/");
        assertThat(json(service.get("/.well-known/oauth-authorization-server")))
                .containsEntry("issuer", service.issuer())
                .containsEntry("token_endpoint", service.issuer() + "/connect/token");
    }

    @Test
    void entra_resourceOfTheScope_isTheAudience() {
        String path = "/contoso/oauth2/v2.0/token";

        assertThat(claims(service.token(path, "orders", "&scope=5d1f/.default")))
                .containsEntry("aud", "5d1f");
        assertThat(claims(service.token(path, "orders", "&scope=api://5d1f/.default")))
                .containsEntry("aud", "5d1f")
                .containsEntry("roles", List.of("fx", "vault"))
                .containsEntry("tid", "contoso")
                .doesNotContainKeys("scope", "client_id");
        assertThat(claims(service.token(path, "plain", "&scope=api://x/.default")))
                .containsEntry("aud", "api://x");
        assertThat(claims(service.token(path, "plain", "&scope=.default"))).containsEntry("aud", service.issuer());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 900144",
        "&scope=fx, 70011",
        "&scope=api://x/.default%20api://y/.default, 70011",
        "&scope=api://6e2a/.default, 500011"
    })
    void entra_refusesEveryOtherScope(String form, long code) {
        HttpResponse<String> answer =
                service.post("/contoso/oauth2/v2.0/token", "orders", "grant_type=client_credentials" + form);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer)).containsEntry("error_codes", List.of(code));
    }

    @Test
    void entra_tellsWhichCredentialIsMissing() {
        for (Map.Entry<String, Long> missing : Map.of("client_secret=x", 900144L, "client_id=orders", 7_000_218L)
                .entrySet()) {
            HttpResponse<String> answer = service.send(service.request("/contoso/oauth2/v2.0/token")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=.default&" + missing.getKey())));
            assertThat(json(answer)).containsEntry("error_codes", List.of(missing.getValue()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a%2Fb", "a%20b", "%2e%2e", "a/b", "%C3%A9"})
    void otherNamesThanPlainOnes_areNoRealm(String realm) {
        HttpResponse<String> answer = service.get("/realms/" + realm + "/.well-known/openid-configuration");

        assertThat(answer.statusCode()).isIn(400, 404);
    }

    @Test
    void nameOf64Characters_isARealm_andALongerOneIsNot() {
        String longest = "r".repeat(64);

        assertThat(service.get("/realms/" + longest + "/.well-known/openid-configuration")
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.get("/realms/" + longest + "r/.well-known/openid-configuration")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void token_ofAnotherHost_isOfNoIssuerHere() {
        assertThat(Profiles.of(List.of("keycloak", "auth0", "entra")).issuers("http://localhost:8080"))
                .accepts(
                        "http://localhost:8080",
                        "http://localhost:8080/",
                        "http://localhost:8080/realms/acme",
                        "http://localhost:8080/acme/v2.0")
                .rejects(
                        "http://localhost:80801/realms/acme",
                        "http://localhost:8080/realms/",
                        "http://localhost:8080/realms/a/b",
                        "http://localhost:8080/acme/v1.0",
                        "http://elsewhere/realms/acme");
    }

    @Test
    void expiredToken_isInactive() throws Exception {
        String token = service.token(KEYCLOAK, "orders", "");

        service.clock().advance(Duration.ofHours(1));

        assertThat(verify(token, "").statusCode()).isEqualTo(401);
    }

    @Test
    void otherMethods_areToldWhichThereAre() {
        HttpResponse<String> form = service.get(KEYCLOAK);
        HttpResponse<String> document = service.send(
                service.request("/realms/acme/.well-known/openid-configuration").POST(BodyPublishers.ofString("")));

        assertThat(form.statusCode()).isEqualTo(405);
        assertThat(form.headers().firstValue("Allow")).hasValue("POST");
        assertThat(json(form)).containsEntry("error", "invalid_request");
        assertThat(document.statusCode()).isEqualTo(405);
        assertThat(document.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    }

    @Test
    void tooLargeForm_is413InTheProvidersForm() {
        HttpResponse<String> answer = service.post("/acme/oauth2/v2.0/token", "orders", "a=" + "x".repeat(16 * 1024));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer)).containsEntry("error", "invalid_request").containsKey("error_codes");
    }

    private static HttpResponse<String> verify(String token, String query) {
        return service.send(service.request("/connect/verify" + query).header("Authorization", "Bearer " + token));
    }

    private static HttpResponse<String> postJson(String path, String body) {
        return service.send(
                service.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }
}
