package dev.latchkey.recipes;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.docs.Page;
import dev.latchkey.harness.TestService;
import dev.latchkey.scope.ScopeSet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An MCP server behind a proxy that was set up by its recipe. */
@Tag("proxy")
class McpServerTest {
    private static final String RESOURCE = "https://mcp.example.com/mcp";
    private static final String METADATA = "/.well-known/oauth-protected-resource/mcp";

    @TempDir
    private Path folder;

    @RegisterExtension
    private final TestService latchkey = TestService.fresh();

    private int port;

    @ParameterizedTest
    @CsvSource({"nginx, 0", "caddy, 1"})
    void aClient_learnsWhoIssuesTokens_andOnlyThoseForTheResourcePass(String program, int block) throws Exception {
        Optional<Path> installed = Recipes.find(program);
        assumeThat(installed).as(program + " is installed").isPresent();
        var other = latchkey.key("fx");
        var key = latchkey.key(new AccessKeySettings(
                "mcp", "", ScopeSet.of(List.of("fx")), true, null, List.of(RESOURCE), null, CustomClaims.NONE, null));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestHeaders().containsKey("Authorization") ? 500 : 204, -1);
            exchange.close();
        });
        server.start();
        port = ProxyProcess.freePort();
        Path configuration = folder.resolve("configuration");
        String recipe = Page.blocks("forward-authentication.md", "An MCP server")
                .get(block)
                .replace("8000", Integer.toString(port))
                .replace("listen ", "listen 127.0.0.1:")
                .replace("127.0.0.1:3000", "127.0.0.1:" + server.getAddress().getPort())
                .replace("127.0.0.1:8080", "127.0.0.1:" + latchkey.port());
        List<String> command;
        if (program.equals("nginx")) {
            recipe = NginxTest.AROUND.replace("RECIPE", recipe).replace("FOLDER", folder.toString());
            command = NginxTest.command(installed.orElseThrow(), configuration, folder);
        } else {
            recipe = CaddyTest.BEFORE + recipe;
            command = CaddyTest.arguments(installed.orElseThrow(), configuration);
        }
        Files.writeString(configuration, recipe);
        try (ProxyProcess proxy = ProxyProcess.start(folder, command, port)) {
            assertThat(proxy.process().isAlive()).isTrue();
            assertThat(challenge(ask("/mcp", "")))
                    .contains("resource_metadata=\"https://mcp.example.com" + METADATA + "\"");
            assertThat(json(ask(METADATA, "")))
                    .containsEntry("resource", RESOURCE)
                    .containsEntry("authorization_servers", List.of(latchkey.issuer()));
            assertThat(ask("/mcp", accessToken(latchkey.token(key, ""))).statusCode())
                    .isEqualTo(204);
            HttpResponse<String> refused = ask("/mcp", accessToken(latchkey.token(other, "")));
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(challenge(refused)).contains("error=\"invalid_token\"", "resource_metadata=");
        } finally {
            server.stop(0);
        }
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("");
    }

    private HttpResponse<String> ask(String path, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
