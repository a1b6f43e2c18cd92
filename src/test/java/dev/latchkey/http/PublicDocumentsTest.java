package dev.latchkey.http;

import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JWK Set and the metadata: the public documents. */
class PublicDocumentsTest {
    @RegisterExtension
    private static final TestService service =
            TestService.fresh(Map.of(ServeFlag.ISSUER, "https://id.example/tenant/a"));

    @BeforeAll
    static void start() {
        service.key("fx", "vault", "latchkey:owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/jwks.json", "/.well-known/openid-configuration/jwks"})
    void jwks_holdsThePublicPartsOfTheActiveAndTheNextKeyAlone(String path) {
        HttpResponse<String> answer = service.get(path);

        assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=300");
        List<?> keys = (List<?>) json(answer).get("keys");
        assertThat(keys)
                .hasSize(2)
                .allSatisfy(key ->
                        assertThat(((Map<?, ?>) key).keySet().toString()).isEqualTo("[kty, use, alg, kid, n, e]"));
    }

    @Test
    void jwks_withTheKnownEtag_is304WithoutABody() {
        String etag = service.get("/.well-known/jwks.json")
                .headers()
                .firstValue("ETag")
                .orElseThrow();

        for (String tags : List.of(etag, "\"x\", " + etag, "W/" + etag, "*")) {
            HttpResponse<String> answer = service.send(service.request("/.well-known/jwks.json")
                    .header("If-None-Match", tags)
                    .GET());
            assertThat(answer.statusCode()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("ETag")).contains(etag);
        }
        assertThat(service.send(service.request("/.well-known/jwks.json")
                                .header("If-None-Match", "\"other\"")
                                .GET())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/oauth-authorization-server",
                "/.well-known/openid-configuration",
                "/.well-known/oauth-authorization-server/tenant/a",
                "/.well-known/openid-configuration/tenant/a",
                "/tenant/a/.well-known/oauth-authorization-server",
                "/tenant/a/.well-known/openid-configuration"
            })
    void metadata_isAtTheInsertedAndTheAppendedPlace_andNamesTheIssuerAlone(String path) {
        HttpResponse<String> answer = service.send(
                service.request(path).header("X-Forwarded-Host", "evil.example").GET());

        assertThat(json(answer))
                .containsEntry("issuer", "https://id.example/tenant/a")
                .containsEntry("token_endpoint", "https://id.example/tenant/a/connect/token")
                .containsEntry("jwks_uri", "https://id.example/tenant/a/.well-known/jwks.json")
                .containsEntry("grant_types_supported", List.of("client_credentials"));
    }

    @Test
    void metadata_listsTheCatalogue_withoutReservedScopes() {
        service.keepUp();

        assertThat(json(service.get("/.well-known/oauth-authorization-server")))
                .containsEntry("scopes_supported", List.of("fx", "vault"));
    }

    @Test
    void openIdConfiguration_hasWhatSpringRequires() {
        assertThat(json(service.get("/.well-known/openid-configuration")))
                .containsEntry("subject_types_supported", List.of("public"))
                .containsEntry("id_token_signing_alg_values_supported", List.of("RS256"))
                .doesNotContainKey("authorization_endpoint");
    }

    @Test
    void everyEndpoint_answersBelowThePathOfTheIssuerToo() {
        assertThat(service.get("/tenant/a/.well-known/jwks.json").statusCode()).isEqualTo(200);
        assertThat(service.get("/tenant/a/connect/token").statusCode()).isEqualTo(405);
        assertThat(service.get("/tenant/b/connect/token").statusCode()).isEqualTo(404);
        assertThat(service.get("/tenant/a/connect/verify/x").statusCode()).isEqualTo(401);
        assertThat(service.get("/tenant/b/connect/verify/x").statusCode()).isEqualTo(404);
    }

    @Test
    void anyOrigin_mayReadTheseAndNothingElse() {
        for (String path : List.of(
                "/.well-known/jwks.json",
                "/.well-known/openid-configuration/jwks",
                "/.well-known/openid-configuration",
                "/.well-known/oauth-authorization-server",
                "/.well-known/oauth-authorization-server/tenant/a",
                "/tenant/a/.well-known/jwks.json")) {
            assertThat(allowedOrigin(path, "GET")).isEqualTo("*");
            assertThat(allowedOrigin(path, "OPTIONS")).isEqualTo("*");
        }
        for (String path : List.of(
                "/connect/token",
                "/connect/introspect",
                "/connect/revocation",
                "/connect/verify",
                "/api/session",
                "/health/live",
                "/nothing")) {
            assertThat(allowedOrigin(path, "GET")).isEqualTo("none");
            assertThat(allowedOrigin(path, "OPTIONS")).isEqualTo("none");
        }
    }

    @Test
    void head_hasTheHeadersOfGet() {
        HttpResponse<String> answer =
                service.send(service.request("/.well-known/jwks.json").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).isPresent();
        assertThat(answer.body()).isEmpty();
    }

    private static String allowedOrigin(String path, String method) {
        return service.send(service.request(path)
                        .header("Origin", "https://page.example")
                        .method(method, BodyPublishers.noBody()))
                .headers()
                .firstValue("Access-Control-Allow-Origin")
                .orElse("none");
    }
}
