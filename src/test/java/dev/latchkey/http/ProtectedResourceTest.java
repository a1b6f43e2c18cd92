package dev.latchkey.http;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import dev.latchkey.http.oauth.ProtectedResourceEndpoint;
import dev.latchkey.scope.ScopeSet;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services behind forward authentication say whom they trust (RFC 9728). */
class ProtectedResourceTest {
    private static final String PATH = "/.well-known/oauth-protected-resource";

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.ISSUER, "https://id.example"));

    private static NewAccessKey key;

    @BeforeAll
    static void createKey() {
        service.key("fx");
        List<String> audience =
                List.of("https://mcp.example/mcp", "https://api.example/", "https://other.example/", "urn:x");
        key = service.key(new AccessKeySettings(
                "mcp", "", ScopeSet.of(List.of("fx")), true, null, audience, null, CustomClaims.NONE, null));
        service.keepUp();
    }

    @Test
    void metadata_namesTheResource_whoIssuesItsTokens_andScopes() {
        HttpResponse<String> answer = service.get(PATH + "/mcp");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(json(answer))
                .isEqualTo(Map.of(
                        "resource",
                        "https://mcp.example/mcp",
                        "authorization_servers",
                        List.of("https://id.example"),
                        "scopes_supported",
                        List.of("fx"),
                        "bearer_methods_supported",
                        List.of("header")));
        // Two resources have no path, and the request names neither's host.
        assertThat(service.get(PATH).statusCode()).isEqualTo(404);
        assertThat(service.get(PATH + "/else").statusCode()).isEqualTo(404);
    }

    @Test
    void metadata_ofAPathThatSeveralHostsHave_isThatOfTheHostAsked() {
        var endpoint = new ProtectedResourceEndpoint(
                "https://id.example", List::of, () -> Set.of("https://a.example/x", "http://b.example:81/x", "urn:x"));

        for (String host : List.of("A.example", "a.Example:443")) {
            assertThat(endpoint.document(PATH + "/x", List.of(), host).join().body(false))
                    .asString(UTF_8)
                    .contains("\"https://a.example/x\"");
        }
        assertThat(endpoint.document(PATH + "/x", List.of(), "b.example:81")
                        .join()
                        .body(false))
                .asString(UTF_8)
                .contains("\"http://b.example:81/x\"");
        assertThat(endpoint.document(PATH + "/x", List.of(), "c.example")).isCompletedExceptionally();
    }

    @Test
    void metadata_isOnlyRead() {
        HttpResponse<String> answer =
                service.send(service.request(PATH + "/mcp").POST(BodyPublishers.ofString("a=b")));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
    }

    @Test
    void verify_demandsTheResource_andSaysWhereItsMetadataIs() {
        String token = accessToken(service.token(key, ""));

        assertThat(service.verify(token, "?resource=https://mcp.example/mcp").statusCode())
                .isEqualTo(200);
        assertThat(service.verify(token, "?resource=HTTPS://API.example").statusCode())
                .isEqualTo(200);
        HttpResponse<String> other = service.verify(token, "?resource=https://mcp.example/elsewhere");
        assertThat(other.statusCode()).isEqualTo(401);
        assertThat(other.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"latchkey\", error=\"invalid_token\", resource_metadata="
                        + "\"https://mcp.example/.well-known/oauth-protected-resource/elsewhere\"");
        assertThat(service.get("/connect/verify?resource=https://api.example/a?b=c")
                        .headers()
                        .firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"latchkey\", resource_metadata="
                        + "\"https://api.example/.well-known/oauth-protected-resource/a?b=c\"");
        assertThat(service.get("/connect/verify?resource=https://api.example/")
                        .headers()
                        .firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"latchkey\", resource_metadata="
                        + "\"https://api.example/.well-known/oauth-protected-resource\"");
        assertThat(service.verify(token, "?resource=https://mcp.example/mcp&scope=vault")
                        .headers()
                        .firstValue("WWW-Authenticate")
                        .orElse(""))
                .contains("insufficient_scope", "resource_metadata=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource=",
                "resource=urn:x",
                "resource=https://a.example/%22",
                "resource=https://u@a.example/",
                "resource=https://a.example/&audience=x",
                "resource=https://a.example/&resource=https://a.example/"
            })
    void aMalformedResource_isRefused(String query) {
        assertThat(service.get("/connect/verify?" + query).statusCode()).isEqualTo(400);
    }
}
