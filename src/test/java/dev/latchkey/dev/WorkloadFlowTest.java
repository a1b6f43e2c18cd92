package dev.latchkey.dev;

import static dev.latchkey.dev.DevService.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole of workload identity on a laptop: the stand-in makes a platform's tokens, serves its keys, and takes them. */
class WorkloadFlowTest {
    @ParameterizedTest
    @CsvSource({"github,     repo:acme/app:ref:refs/heads/main", "kubernetes, system:serviceaccount:default:default"})
    void aToken_asAPlatformGivesIt_standsForASecret(String as, String subject) throws Exception {
        try (DevService service = new DevService(Map.of())) {
            String issuer = json(service.get("/.well-known/openid-configuration"))
                    .path("issuer")
                    .asText();
            String jwks = "http://127.0.0.1:" + service.port() + "/.well-known/jwks.json";
            assertThat(asOwner(
                                    service,
                                    "/api/issuers",
                                    "{\"name\":\"it\",\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + jwks
                                            + "\",\"audience\":\"latchkey\"}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(asOwner(service, "/api/scopes", "{\"name\":\"fx\"}").statusCode())
                    .isEqualTo(201);
            HttpResponse<String> key = asOwner(
                    service,
                    "/api/keys",
                    "{\"name\":\"job\",\"scopes\":[\"fx\"],\"secret\":false,"
                            + "\"federated\":[{\"issuer\":\"it\",\"subject\":\"" + subject + "\"}]}");
            assertThat(key.statusCode()).isEqualTo(201);
            assertThat(json(key).has("secret")).isFalse();

            String token = json(service.call("POST", "/dev/tokens", "{\"as\":\"" + as + "\",\"aud\":\"latchkey\"}"))
                    .path("access_token")
                    .asText();
            HttpResponse<String> answer = service.send(HttpRequest.newBuilder(service.uri("/connect/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("grant_type=client_credentials&client_assertion_type="
                            + URLEncoder.encode(
                                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", StandardCharsets.UTF_8)
                            + "&client_assertion=" + token))
                    .build());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(DevService.claims(json(answer).path("access_token").asText())
                            .path("client_id"))
                    .isEqualTo(json(key).path("id"));
        }
    }

    private static HttpResponse<String> asOwner(DevService service, String path, String body) throws Exception {
        return service.send(HttpRequest.newBuilder(service.uri(path))
                .header("Authorization", "Bearer " + service.token("latchkey:owner"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }
}
