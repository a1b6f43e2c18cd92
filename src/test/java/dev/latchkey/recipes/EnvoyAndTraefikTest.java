package dev.latchkey.recipes;

import static dev.latchkey.harness.Answers.accessToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.docs.Page;
import dev.latchkey.harness.TestService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
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

    @Test
    void traefik_beforeAnMcpServer_demandsTheResource() {
        String address = find(
                "address: http://127.0.0.1:8080(\\S+)",
                Page.blocks(PAGE, "An MCP server").get(2));

        assertThat(address).endsWith("?resource=https://mcp.example.com/mcp");
        assertThat(status("GET", address, token)).isEqualTo(401);
    }

    private int status(String method, String path, String bearer) {
        HttpRequest.Builder request = service.request("")
                .uri(URI.create(service.url() + path))
                .header("X-Forwarded-Method", "POST")
                .header("X-Forwarded-Uri", "/app?scope=other")
                .method(method, BodyPublishers.noBody());
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return service.send(request).statusCode();
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
