package dev.latchkey.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The key of the stand-in, its clock, its memory of requests, and its way back to the start. */
class StandInTest {
    private DevService service;

    @BeforeEach
    void start() {
        service = DevService.withOrders();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void devKey_mayHaveAnyScopeAndAudience() throws Exception {
        HttpResponse<String> answer = service.devToken(Map.of("scope", "any thing", "audience", "https://api.example"));

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode claims =
                DevService.claims(DevService.json(answer).path("access_token").asText());
        assertThat(claims.path("scope").asText()).isEqualTo("any thing");
        assertThat(claims.path("aud").toString()).isEqualTo("[\"https://api.example\"]");
    }

    @Test
    void devKey_withoutScope_getsTheCatalogue() throws Exception {
        assertThat(DevService.json(service.devToken(Map.of())).path("scope").asText())
                .isEqualTo("fx vault");
    }

    @Test
    void devKey_withReservedScope_mayManage() throws Exception {
        HttpResponse<String> answer = service.send(HttpRequest.newBuilder(service.uri("/api/users"))
                .header("Authorization", "Bearer " + service.token("latchkey:owner"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void otherKeys_areHeldToTheirScopes_andTheReasonIsTold() throws Exception {
        HttpResponse<String> answer = service.form(
                "/connect/token",
                "orders",
                DevService.ORDERS_SECRET,
                Map.of("grant_type", "client_credentials", "scope", "other"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("X-Latchkey-Reason"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("beyond what the key has"));
    }

    @Test
    void clock_advanced_endsTokens() throws Exception {
        String token = service.token("fx");

        HttpResponse<String> moved = service.call("PUT", "/dev/clock", "{\"advance\":\"61m\"}");

        assertThat(DevService.json(moved).path("now").asText()).isEqualTo("2026-03-01T13:01:00Z");
        assertThat(service.isActive(token)).isFalse();
        assertThat(service.isActive(service.token("fx"))).isTrue();
    }

    @Test
    void clock_skew_isInTokensAlone() throws Exception {
        service.call("PUT", "/dev/clock", "{\"skew\":\"-90s\"}");

        JsonNode claims = DevService.claims(service.token("fx"));

        assertThat(claims.path("iat").asLong()).isEqualTo(DevService.START.getEpochSecond() - 90);
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
    }

    @Test
    void clock_deleted_isRealTime() throws Exception {
        service.call("PUT", "/dev/clock", "{\"now\":\"2030-01-01T00:00:00Z\",\"freeze\":true}");

        JsonNode shown = DevService.json(service.call("DELETE", "/dev/clock", ""));

        assertThat(shown.toString()).isEqualTo("{\"now\":\"2026-03-01T12:00:00Z\",\"frozen\":false,\"skew\":\"0s\"}");
    }

    @Test
    void clock_wrongFields_areAllNamed() throws Exception {
        HttpResponse<String> answer =
                service.call("PUT", "/dev/clock", "{\"advance\":\"soon\",\"now\":\"noon\",\"freeze\":1,\"warp\":9}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(DevService.json(answer).path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("advance", "now", "freeze", "warp");
    }

    @Test
    void requests_tellWhoAskedWhat_andNoSecret() throws Exception {
        service.form(
                "/connect/token", "orders", "wrong secret", Map.of("grant_type", "client_credentials", "scope", "fx"));
        service.get("/.well-known/jwks.json");

        HttpResponse<String> answer = service.get("/dev/requests");

        List<JsonNode> requests = DevService.json(answer).path("data").findParents("on");
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).path("key_id").asText()).isEqualTo("orders");
        assertThat(requests.get(0).path("status").asInt()).isEqualTo(401);
        assertThat(requests.get(0).path("reason").asText()).isNotEmpty();
        assertThat(requests.get(0).path("advice").asText()).contains("not one of this key's");
        assertThat(requests.get(1).path("on").asText()).isEqualTo("jwks");
        assertThat(answer.body()).doesNotContain("not-the-secret");
    }

    @Test
    void requests_secretOrTokenInTheWrongPlace_isNotShown() throws Exception {
        String secret = "acs_" + "Ab1".repeat(16);
        service.form(
                "/connect/token", secret, "x", Map.of("grant_type", "client_credentials", "scope", "eyJhbGciOiJ9.x"));

        String told = service.get("/dev/requests").body();

        assertThat(told).contains("could be a secret, not shown").doesNotContain(secret, "eyJhbGciOiJ9");
    }

    @Test
    void requests_ofAnUnknownEndpoint_areNotAskedFor() throws Exception {
        HttpResponse<String> answer = service.get("/dev/requests?on=tokens");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(DevService.json(answer).path("errors").findValuesAsText("field"))
                .containsExactly("on");
    }

    @Test
    void reset_unknownField_isRefused() throws Exception {
        HttpResponse<String> answer = service.call("POST", "/dev/reset", "{\"keys\":true}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(DevService.json(answer).path("errors").findValuesAsText("field"))
                .containsExactly("keys");
    }

    @Test
    void clock_timeInTokensBefore1970_namesTheFieldThatLedThere() throws Exception {
        HttpResponse<String> answer =
                service.call("PUT", "/dev/clock", "{\"now\":\"1970-01-01T00:00:00Z\",\"skew\":\"-1h\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(DevService.json(answer).path("errors").findValuesAsText("field"))
                .containsExactly("now");
    }

    @Test
    void reset_bringsKeysAndScopesBack_andTokensOfThemCount() throws Exception {
        String owner = service.token("latchkey:owner");
        service.send(HttpRequest.newBuilder(service.uri("/api/keys/orders"))
                .header("Authorization", "Bearer " + owner)
                .DELETE()
                .build());
        service.call("PUT", "/dev/clock", "{\"advance\":\"61m\"}");

        assertThat(service.call("POST", "/dev/reset", "").statusCode()).isEqualTo(204);

        HttpResponse<String> again = service.form(
                "/connect/token", "orders", DevService.ORDERS_SECRET, Map.of("grant_type", "client_credentials"));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(service.isActive(DevService.json(again).path("access_token").asText()))
                .isTrue();
        assertThat(DevService.json(service.get("/dev/requests?on=jwks")).path("data"))
                .isEmpty();
    }

    @Test
    void inactiveToken_hasItsReason_andCommasAnAdvice() throws Exception {
        String token = service.token("fx,vault");
        service.call("PUT", "/dev/clock", "{\"advance\":\"61m\"}");

        HttpResponse<String> answer = service.form("/connect/introspect", "dev", "dev-secret", Map.of("token", token));

        assertThat(answer.body()).isEqualTo("{\"active\":false}");
        assertThat(answer.headers().firstValue("X-Latchkey-Reason"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("expired"));
        assertThat(service.get("/dev/requests?on=token").body()).contains("not by commas");
    }

    @Test
    void dev_onARebindingName_orOfAnotherOrigin_isForbidden() throws Exception {
        assertThat(service.raw("GET /dev/clock HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(service.raw("GET /dev/clock HTTP/1.1\r\nHost: latchkey:8080\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        HttpResponse<String> foreign = service.send(HttpRequest.newBuilder(service.uri("/dev/clock"))
                .header("Origin", "https://evil.example")
                .build());
        assertThat(foreign.statusCode()).isEqualTo(403);
    }

    @Test
    void dev_wrongPathOrMethod_isTold() throws Exception {
        assertThat(service.get("/dev/nothing").statusCode()).isEqualTo(404);
        HttpResponse<String> wrong = service.call("PATCH", "/dev/clock", "");
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("Allow")).hasValue("GET, PUT, DELETE");
        assertThat(service.get("/connect/token").headers().firstValue("X-Latchkey-Reason"))
                .isPresent();
        assertThat(wrong.headers().firstValue("X-Latchkey-Reason"))
                .hasValue("This path answers GET, PUT, DELETE only.");
    }
}
