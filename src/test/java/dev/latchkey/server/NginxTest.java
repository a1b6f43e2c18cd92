package dev.latchkey.server;

import static dev.latchkey.testing.Answers.accessToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.testing.TestService;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx that asks Latchkey about each request (auth_request) before it passes it to a backend. */
class NginxTest {
    private static final String CONFIGURATION = """
            daemon off;
            master_process off;
            pid FOLDER/nginx.pid;
            error_log FOLDER/error.log;
            events {}
            http {
                access_log off;
                client_body_temp_path FOLDER/body;
                proxy_temp_path FOLDER/proxy;
                fastcgi_temp_path FOLDER/fastcgi;
                uwsgi_temp_path FOLDER/uwsgi;
                scgi_temp_path FOLDER/scgi;
                server {
                    listen 127.0.0.1:PORT;
                    location / {
                        auth_request /_latchkey;
                        auth_request_set $latchkey_client $upstream_http_x_latchkey_client_id;
                        auth_request_set $latchkey_scope $upstream_http_x_latchkey_scope;
                        proxy_set_header X-Latchkey-Client-Id $latchkey_client;
                        proxy_set_header X-Latchkey-Scope $latchkey_scope;
                        proxy_set_header Authorization "";
                        proxy_pass http://127.0.0.1:BACKEND;
                    }
                    location = /_latchkey {
                        internal;
                        proxy_pass http://127.0.0.1:LATCHKEY/connect/verify?scope=fx;
                        proxy_pass_request_body off;
                        proxy_set_header Content-Length "";
                    }
                }
            }
            """;

    private static final int TRIES = 100;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Optional<Path> nginx = Optional.empty();
    private Optional<Process> process = Optional.empty();
    private Optional<HttpServer> backend = Optional.empty();
    private Optional<TestService> service = Optional.empty();
    private int port;

    @BeforeEach
    void start() throws Exception {
        nginx = find();
        assumeThat(nginx).as("nginx is on the PATH or in /usr/sbin").isPresent();
        TestService latchkey = TestService.start(folder);
        service = Optional.of(latchkey);
        HttpServer echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        echo.createContext("/", exchange -> {
            String seen = exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("X-Latchkey-Client-Id") + " "
                    + exchange.getRequestHeaders().getFirst("X-Latchkey-Scope") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestBody().readAllBytes().length;
            byte[] body = seen.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        echo.start();
        backend = Optional.of(echo);
        port = freePort();
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(
                configuration,
                CONFIGURATION
                        .replace("FOLDER", folder.toString())
                        .replace("PORT", Integer.toString(port))
                        .replace("BACKEND", Integer.toString(echo.getAddress().getPort()))
                        .replace("LATCHKEY", Integer.toString(latchkey.port())));
        startNginx(configuration);
    }

    @AfterEach
    void stop() {
        process.ifPresent(running -> {
            running.destroy();
            running.onExit().join();
        });
        backend.ifPresent(running -> running.stop(0));
        service.ifPresent(TestService::close);
    }

    @Test
    void nginx_passesGoodTokens_withWhoTheyAre_andNoOthers() throws Exception {
        TestService latchkey = service.orElseThrow();
        var key = latchkey.key("fx", "vault");
        String id = key.key().id();
        String token = accessToken(latchkey.token(key, ""));
        String tooNarrow = accessToken(latchkey.token(key, "&scope=vault"));

        assertThat(ask("GET", "Bearer " + token).body()).isEqualTo("GET " + id + " fx vault null 0");
        assertThat(ask("DELETE", "bearer " + token).body()).isEqualTo("DELETE " + id + " fx vault null 0");
        assertThat(ask("POST", "Bearer " + token).body()).isEqualTo("POST " + id + " fx vault null 100000");
        assertThat(ask("PROPFIND", "Bearer " + token).statusCode()).isEqualTo(200);

        HttpResponse<String> nobody = ask("GET", "");
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"latchkey\"");
        HttpResponse<String> bad = ask("POST", "Bearer x");
        assertThat(bad.statusCode()).isEqualTo(401);
        assertThat(bad.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"latchkey\", error=\"invalid_token\"");
        assertThat(ask("GET", "Bearer " + tooNarrow).statusCode()).isEqualTo(403);

        latchkey.post("/connect/revocation", key, "token=" + token);
        assertThat(ask("GET", "Bearer " + token).statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> ask(String method, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/any/path?x=1"))
                .header("X-Latchkey-Client-Id", "forged")
                .header("X-Latchkey-Scope", "forged")
                .method(
                        method,
                        method.equals("POST") ? BodyPublishers.ofString("x".repeat(100_000)) : BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private void startNginx(Path configuration) throws Exception {
        Process started = new ProcessBuilder(
                        nginx.orElseThrow().toString(),
                        "-p",
                        folder.toString(),
                        "-e",
                        folder.resolve("error.log").toString(),
                        "-c",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
        process = Optional.of(started);
        for (int i = 0; i < TRIES && !isListening(); i++) {
            assertThat(started.waitFor(100, TimeUnit.MILLISECONDS))
                    .as(Files.readString(folder.resolve("nginx.out")))
                    .isFalse();
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<Path> find() {
        String path = System.getenv("PATH");
        return Stream.concat(
                        Stream.of((path == null ? "" : path).split(File.pathSeparator, -1)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .filter(name -> !name.isEmpty())
                .map(name -> Path.of(name, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
