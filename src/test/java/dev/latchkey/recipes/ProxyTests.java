package dev.latchkey.recipes;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What every proxy that was set up by its recipe does, as a real one, where it is installed. */
abstract class ProxyTests {
    @TempDir
    Path folder;

    @RegisterExtension
    private final TestService latchkey = TestService.fresh();

    private final HttpClient client = HttpClient.newHttpClient();
    private Optional<HttpServer> backend = Optional.empty();
    private Optional<ProxyProcess> proxy = Optional.empty();
    private int port;

    /** The name of the program. */
    abstract String program();

    /** The whole configuration, from the recipe. */
    abstract String configuration();

    /** How the program is started. */
    abstract List<String> command(Path program, Path configuration);

    @BeforeEach
    void start() throws Exception {
        Optional<Path> installed = Recipes.find(program());
        assumeThat(installed).as(program() + " is installed").isPresent();
        HttpServer echo = echo();
        backend = Optional.of(echo);
        port = ProxyProcess.freePort();
        Path configuration = folder.resolve("configuration");
        Files.writeString(
                configuration,
                configuration()
                        .replace("8000", Integer.toString(port))
                        .replace(
                                "127.0.0.1:3000",
                                "127.0.0.1:" + echo.getAddress().getPort())
                        .replace("127.0.0.1:8080", "127.0.0.1:" + latchkey.port())
                        // Last: a folder's name may have a port's digits.
                        .replace("FOLDER", folder.toString()));
        proxy = Optional.of(ProxyProcess.start(folder, command(installed.orElseThrow(), configuration), port));
    }

    @AfterEach
    void stop() {
        proxy.ifPresent(ProxyProcess::close);
        backend.ifPresent(running -> running.stop(0));
    }

    @Test
    void goodTokens_pass_withWhoTheyAre_andNoOthers() throws Exception {
        var key = latchkey.key("fx", "vault");
        String id = key.key().id();
        String token = accessToken(latchkey.token(key, ""));
        String tooNarrow = accessToken(latchkey.token(key, "&scope=vault"));
        String who = " " + id + " fx vault " + id + " null ";

        assertThat(ask("GET", "Bearer " + token).body()).isEqualTo("GET" + who + "0");
        assertThat(ask("DELETE", "bearer " + token).body()).isEqualTo("DELETE" + who + "0");
        assertThat(ask("POST", "Bearer " + token).body()).isEqualTo("POST" + who + "100000");
        assertThat(ask("PROPFIND", "Bearer " + token).statusCode()).isEqualTo(200);

        HttpResponse<String> anonymous = ask("GET", "");
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"latchkey\"");
        HttpResponse<String> bad = ask("POST", "Bearer x");
        assertThat(bad.statusCode()).isEqualTo(401);
        assertThat(bad.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"latchkey\", error=\"invalid_token\"");
        assertThat(ask("GET", "Bearer " + tooNarrow).statusCode()).isEqualTo(403);

        latchkey.post("/connect/revocation", key, "token=" + token);
        assertThat(ask("GET", "Bearer " + token).statusCode()).isEqualTo(401);
    }

    /** What the documents name as the most: a token of 8 KiB, and 64 KiB of header with the application's cookies. */
    @Test
    void theLargestTokens_andTheCookiesOfTheApplication_pass() throws Exception {
        List<String> scopes = new ArrayList<>(List.of("fx"));
        for (int i = 0; i < 30; i++) {
            scopes.add("s".repeat(50) + i);
        }
        latchkey.key(scopes.toArray(String[]::new));
        HttpResponse<String> created = ApiClient.owner(latchkey)
                .post(
                        "/api/keys",
                        "{\"name\":\"large\",\"scopes\":[\"" + String.join("\",\"", scopes)
                                + "\"],\"claims\":{\"pad\":\"" + "c".repeat(3_850) + "\"}}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        Map<String, Object> key = json(created);
        String token = accessToken(latchkey.token(
                TestService.basic((String) key.get("id"), (String) key.get("secret")),
                "grant_type=client_credentials"));
        assertThat(token).hasSizeGreaterThan(7_900);

        for (int cookies : List.of(0, 20_000, 50_000)) {
            HttpResponse<String> answer = ask("GET", "Bearer " + token, "c=" + "v".repeat(cookies));
            assertThat(answer.statusCode())
                    .as(cookies + " bytes of cookies: " + answer.body())
                    .isEqualTo(200);
            assertThat(answer.body()).contains(scopes.get(30));
        }
    }

    private HttpResponse<String> ask(String method, String authorization) throws Exception {
        return ask(method, authorization, "");
    }

    private HttpResponse<String> ask(String method, String authorization, String cookie) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/any//path/a%2Fb?x=1&scope=other");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("X-Latchkey-Client-Id", "forged")
                .header("X-Latchkey-Scope", "forged")
                .header("X-Latchkey-Subject", "forged")
                .method(
                        method,
                        method.equals("POST") ? BodyPublishers.ofString("x".repeat(100_000)) : BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Answers what it was asked, by whom, and how long the body was. */
    private static HttpServer echo() throws IOException {
        HttpServer echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        echo.createContext("/", exchange -> {
            String headers = Stream.of(
                            "X-Latchkey-Client-Id", "X-Latchkey-Scope", "X-Latchkey-Subject", "Authorization")
                    .map(name -> String.valueOf(exchange.getRequestHeaders().getFirst(name)))
                    .collect(Collectors.joining(" "));
            int length = exchange.getRequestBody().readAllBytes().length;
            byte[] body = (exchange.getRequestMethod() + " " + headers + " " + length).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        echo.start();
        return echo;
    }
}
