package dev.latchkey.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.config.ServeFlag;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are made to order: what they say, how they are wrong, and what the service itself makes of them. */
class TokensToOrderTest {
    private static DevService service;

    @BeforeAll
    static void start() {
        service = new DevService(
                Map.of(
                        ServeFlag.SEED,
                        "{\"scopes\":[{\"name\":\"fx\"}],\"keys\":[{\"id\":\"orders\",\"name\":\"orders\",\"secret\":\"short\","
                                + "\"scopes\":[\"fx\"]}],\"personas\":[{\"sub\":\"alice\",\"claims\":{\"role\":\"tester\"}}]}"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static JsonNode order(String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = service.call("POST", "/dev/tokens", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return DevService.json(answer);
    }

    private static int verify(String token, String query) throws IOException, InterruptedException {
        return service.send(HttpRequest.newBuilder(service.uri("/connect/verify" + query))
                        .header("Authorization", "Bearer " + token)
                        .build())
                .statusCode();
    }

    @Test
    void nothingAsked_isAGoodTokenOfTheDevKey() throws Exception {
        JsonNode made = order("");

        assertThat(made.path("claims").path("client_id").asText()).isEqualTo("dev");
        assertThat(made.path("claims").path("scope").asText()).isEqualTo("fx");
        assertThat(made.path("header").path("typ").asText()).isEqualTo("at+jwt");
        assertThat(DevService.claims(made.path("access_token").asText())).isEqualTo(made.path("claims"));
        assertThat(service.isActive(made.path("access_token").asText())).isTrue();
    }

    @Test
    void everyFieldAsked_standsInTheToken() throws Exception {
        JsonNode made = order("{\"key_id\":\"orders\",\"sub\":\"bob\",\"scope\":\"a b\",\"aud\":[\"x\",\"y\"],"
                + "\"expires_in\":90,\"claims\":{\"tenant\":\"acme\",\"jti\":\"one\"},\"header\":{\"cty\":\"x\"},"
                + "\"omit\":[\"iat\"]}");

        JsonNode claims = made.path("claims");
        assertThat(claims.path("sub").asText()).isEqualTo("bob");
        assertThat(claims.path("client_id").asText()).isEqualTo("orders");
        assertThat(claims.path("scope").asText()).isEqualTo("a b");
        assertThat(claims.path("aud").toString()).isEqualTo("[\"x\",\"y\"]");
        assertThat(claims.path("exp").asLong()).isEqualTo(DevService.START.getEpochSecond() + 90);
        assertThat(claims.path("tenant").asText()).isEqualTo("acme");
        assertThat(claims.path("jti").asText()).isEqualTo("one");
        assertThat(claims.has("iat")).isFalse();
        assertThat(made.path("header").path("cty").asText()).isEqualTo("x");
    }

    @Test
    void wrongFields_areAllNamed() throws Exception {
        HttpResponse<String> answer = service.call(
                "POST",
                "/dev/tokens",
                "{\"sub\":1,\"aud\":{},\"expires_in\":\"soon\",\"claims\":[],\"omit\":\"exp\",\"break\":\"expire\",\"x\":1}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(DevService.json(answer).path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("sub", "aud", "expires_in", "claims", "omit", "break", "x");
    }

    @Test
    void persona_saysWhatTheSeedSays() throws Exception {
        JsonNode made = order("{\"as\":\"alice\",\"scope\":\"fx\"}");

        assertThat(made.path("claims").path("sub").asText()).isEqualTo("alice");
        assertThat(made.path("claims").path("role").asText()).isEqualTo("tester");
        assertThat(service.isActive(made.path("access_token").asText())).isTrue();
        assertThat(service.call("POST", "/dev/tokens", "{\"as\":\"mallory\"}").statusCode())
                .isEqualTo(422);
    }

    @Test
    void workloadTokens_followTheirClaims() throws Exception {
        JsonNode github = order("{\"as\":\"github\",\"claims\":{\"repository\":\"o/r\",\"ref\":\"refs/tags/v1\"}}");
        JsonNode pod = order("{\"as\":\"kubernetes\",\"claims\":{\"namespace\":\"pay\",\"serviceaccount\":\"api\"}}");

        assertThat(github.path("claims").path("sub").asText()).isEqualTo("repo:o/r:ref:refs/tags/v1");
        assertThat(github.path("claims").path("repository_owner").asText()).isEqualTo("o");
        assertThat(pod.path("claims").path("sub").asText()).isEqualTo("system:serviceaccount:pay:api");
        assertThat(pod.path("claims").path("kubernetes.io").path("namespace").asText())
                .isEqualTo("pay");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expired",
                "not_yet_valid",
                "wrong_issuer",
                "unknown_kid",
                "no_kid",
                "bad_signature",
                "alg_none",
                "hs256_with_public_key",
                "wrong_typ",
                "future_iat",
                "no_exp",
                "revoked",
                "truncated"
            })
    void broken_isInactive_andRefused(String name) throws Exception {
        String token = order("{\"scope\":\"fx\",\"break\":\"" + name + "\"}")
                .path("access_token")
                .asText();

        assertThat(service.isActive(token)).isFalse();
        assertThat(verify(token, "")).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong_audience", "no_audience", "missing_scope"})
    void broken_inWhatOnlyTheResourceServerKnows_isActive(String name) throws Exception {
        String token = order("{\"scope\":\"fx\",\"break\":\"" + name + "\"}")
                .path("access_token")
                .asText();

        assertThat(service.isActive(token)).isTrue();
        assertThat(verify(token, "?scope=fx&audience=" + service.uri("").toString()))
                .isNotEqualTo(200);
    }

    @Test
    void passwordGrant_isAboutAPersona() throws Exception {
        HttpResponse<String> answer = service.form(
                "/connect/token",
                "orders",
                "short",
                Map.of("grant_type", "password", "username", "alice", "password", "any"));

        JsonNode claims =
                DevService.claims(DevService.json(answer).path("access_token").asText());
        assertThat(claims.path("sub").asText()).isEqualTo("alice");
        assertThat(claims.path("client_id").asText()).isEqualTo("orders");
        assertThat(claims.path("role").asText()).isEqualTo("tester");

        HttpResponse<String> unknown = service.form(
                "/connect/token",
                "orders",
                "short",
                Map.of("grant_type", "password", "username", "mallory", "password", "any"));
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(DevService.json(unknown).path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void drills_signWithWhatTheJwkSetDoesNotHave_untilTheyAreRestored() throws Exception {
        JsonNode drilled = DevService.json(service.call("POST", "/dev/signing-keys", "{\"do\":\"sign_unpublished\"}"));
        String kid = drilled.path("signing").asText();

        assertThat(service.get("/.well-known/jwks.json").body()).doesNotContain(kid);
        assertThat(order("").path("header").path("kid").asText()).isEqualTo(kid);
        assertThat(service.isActive(service.token("fx"))).isTrue();

        service.call("POST", "/dev/signing-keys", "{\"do\":\"restore\"}");

        assertThat(service.get("/.well-known/jwks.json").body()).contains(kid);
        assertThat(order("").path("header").path("kid").asText()).isNotEqualTo(kid);
    }

    @Test
    void drill_rotate_isAtOnce_eachTime() throws Exception {
        String first = order("").path("header").path("kid").asText();

        service.call("POST", "/dev/signing-keys", "{\"do\":\"rotate\"}");
        String second = order("").path("header").path("kid").asText();
        service.call("POST", "/dev/signing-keys", "{\"do\":\"rotate\"}");
        String third = order("").path("header").path("kid").asText();

        assertThat(second).isNotEqualTo(first);
        assertThat(third).isNotEqualTo(second);
        service.call("POST", "/dev/signing-keys", "{\"do\":\"unpublish_retired\"}");
        assertThat(service.get("/.well-known/jwks.json").body()).contains(third).doesNotContain(second);
        service.call("POST", "/dev/signing-keys", "{\"do\":\"restore\"}");
        assertThat(service.get("/.well-known/jwks.json").body()).contains(second);
        assertThat(service.call("POST", "/dev/signing-keys", "{\"do\":\"dance\"}")
                        .statusCode())
                .isEqualTo(422);
    }
}
