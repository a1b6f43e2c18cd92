package dev.latchkey.recipes;

import static dev.latchkey.harness.Answers.accessToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.docs.Page;
import dev.latchkey.harness.TestService;
import dev.latchkey.scope.ScopeSet;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What these two ask when they were set up by their recipes, without the programs themselves. */
class EnvoyAndTraefikTest {
    private static final String PAGE = "forward-authentication.md";

    @RegisterExtension
    private final TestService service = TestService.fresh();

    private String token;
    private String tooNarrow;

    @BeforeEach
    void start() {
        NewAccessKey key = service.key("fx", "vault");
        token = accessToken(service.token(key, ""));
        tooNarrow = accessToken(service.token(key, "&scope=vault"));
    }

    @Test
    void envoy_withAPathOfItsOwn_asksTheSame_whateverTheRequest() {
        String path = find("path_override: (\\S+)", Page.blocks(PAGE, "Envoy").get(0));

        assertThat(status("POST", path, token)).isEqualTo(200);
        assertThat(status("DELETE", path, tooNarrow)).isEqualTo(403);
    }

    @Test
    void envoy_withAPrefix_losesNoDemand_andRefusesASecondOne() {
        String prefix = "/connect/verify?scope=fx&request=";

        for (String request : new String[] {"/", "//app/a%2Fb", "/app?x=1", "/app?scope=vault", "/app?x=%25&y"}) {
            assertThat(status("PUT", prefix + request, token)).as(request).isEqualTo(200);
            assertThat(status("PUT", prefix + request, tooNarrow)).as(request).isEqualTo(403);
        }
        assertThat(status("GET", prefix + "/app?x=1&scope=vault", tooNarrow)).isEqualTo(400);
        assertThat(status("GET", prefix + "/app?x=1&scope=fx", token)).isEqualTo(400);
    }

    @Test
    void traefik_asksByGet_andTellsOfTheRequestInHeaders() {
        String address = find(
                "address: http://127.0.0.1:8080(\\S+)",
                Page.blocks(PAGE, "Traefik").get(0));

        assertThat(status("GET", address, token)).isEqualTo(200);
        assertThat(status("GET", address, tooNarrow)).isEqualTo(403);
        assertThat(status("GET", address, "")).isEqualTo(401);
    }

    /** Traefik passes on the status and all headers of what is not 200 to 299. */
    @Test
    void traefik_beforeAnMcpServer_isToldWhereTheMetadataIs() {
        String resource = "https://mcp.example.com/mcp";
        String address = find(
                "address: http://127.0.0.1:8080(\\S+)",
                Page.blocks(PAGE, "An MCP server").get(2));
        NewAccessKey mcp = service.key(new AccessKeySettings(
                "mcp", "", ScopeSet.of(List.of("fx")), true, null, List.of(resource), null, CustomClaims.NONE, null));

        assertThat(status("GET", address, accessToken(service.token(mcp, "")))).isEqualTo(200);
        assertThat(List.of("", token)).allSatisfy(each -> {
            HttpResponse<String> answer = answer("GET", address, each);
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains("resource_metadata=\"https://mcp.example.com/.well-known/oauth-protected-resource/mcp\"");
        });
    }

    private int status(String method, String path, String bearer) {
        return answer(method, path, bearer).statusCode();
    }

    private HttpResponse<String> answer(String method, String path, String bearer) {
        HttpRequest.Builder request = service.request("")
                .uri(URI.create(service.url() + path))
                .header("X-Forwarded-For", "192.0.2.7")
                .header("X-Forwarded-Host", "app.example.com")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Method", "POST")
                .header("X-Forwarded-Uri", "/app?scope=other")
                // What the client said of a body that is not sent here.
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .header("Accept-Encoding", "gzip")
                .method(method, BodyPublishers.noBody());
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return service.send(request);
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
