package dev.latchkey.recipes;

import static dev.latchkey.harness.Answers.accessToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.harness.TestService;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The management API behind an nginx that compresses, buffers and keeps connections, where it is installed. */
@Tag("proxy")
class CompressingProxyTest {
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
                gzip on;
                gzip_types *;
                gzip_proxied any;
                gzip_min_length 1;
                upstream latchkey {
                    server 127.0.0.1:UPSTREAM;
                    keepalive 4;
                }
                server {
                    listen 127.0.0.1:PORT;
                    location / {
                        proxy_pass http://latchkey;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Host $http_host;
                    }
                }
            }
            """;

    @TempDir
    Path folder;

    @RegisterExtension
    private final TestService latchkey = TestService.fresh();

    private final HttpClient client = HttpClient.newHttpClient();
    private Optional<ProxyProcess> proxy = Optional.empty();
    private int port;
    private String token = "";

    @BeforeEach
    void start() throws Exception {
        Optional<Path> nginx = Recipes.find("nginx");
        assumeThat(nginx).as("nginx is installed").isPresent();
        token = accessToken(latchkey.token(latchkey.key("fx", "latchkey:owner"), ""));
        port = ProxyProcess.freePort();
        Path configuration = folder.resolve("nginx.conf");
        Files.writeString(
                configuration,
                CONFIGURATION
                        .replace("FOLDER", folder.toString())
                        .replace("PORT", Integer.toString(port))
                        .replace("UPSTREAM", Integer.toString(latchkey.port())));
        String errors = folder.resolve("error.log").toString();
        List<String> command = List.of(
                nginx.orElseThrow().toString(), "-p", folder.toString(), "-e", errors, "-c", configuration.toString());
        proxy = Optional.of(ProxyProcess.start(folder, command, port));
    }

    @AfterEach
    void stop() {
        proxy.ifPresent(ProxyProcess::close);
    }

    @Test
    void anEdit_withTheTagThatTheProxyWeakened_isMade_andAStaleOneIsNot() throws Exception {
        String path = "/api/keys/" + latchkey.key("fx").key().id();
        HttpResponse<byte[]> seen = send("GET", path, "", "Accept-Encoding", "gzip");
        String tag = seen.headers().firstValue("ETag").orElseThrow();

        assertThat(seen.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(tag).startsWith("W/");
        assertThat(send("PATCH", path, "{\"description\":\"new\"}", "If-Match", tag)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("PATCH", path, "{\"description\":\"newer\"}", "If-Match", tag)
                        .statusCode())
                .isEqualTo(412);
        assertThat(send("POST", path + "/rotate", "{}", "If-Match", tag).statusCode())
                .isEqualTo(412);
        assertThat(send("DELETE", path, "", "If-Match", tag).statusCode()).isEqualTo(412);
    }

    @Test
    void publicDocuments_areNotSentAgain_toWhomTheProxyGaveAWeakTag() throws Exception {
        for (String path : List.of("/.well-known/jwks.json", "/dashboard/")) {
            HttpResponse<byte[]> seen = send("GET", path, "", "Accept-Encoding", "gzip");
            String tag = seen.headers().firstValue("ETag").orElseThrow();

            assertThat(send("GET", path, "", "Accept-Encoding", "gzip", "If-None-Match", tag)
                            .statusCode())
                    .as(path + " " + tag)
                    .isEqualTo(304);
        }
    }

    @Test
    void encodedPaths_chunkedBodiesAndManyRequestsOnKeptConnections_areWhatTheyAreWithoutIt() throws Exception {
        assertThat(send("POST", "/api/scopes", "{\"name\":\"a/b\"}").statusCode())
                .isEqualTo(201);
        assertThat(send("DELETE", "/api/scopes/a%2Fb", "").statusCode()).isEqualTo(204);
        byte[] body = "{\"name\":\"chunked\",\"scopes\":[\"fx\"]}".getBytes(StandardCharsets.UTF_8);
        HttpRequest chunked = request("/api/keys")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        assertThat(client.send(chunked, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
        for (int i = 0; i < 50; i++) {
            assertThat(send("GET", "/api/keys?limit=1", "").statusCode()).isEqualTo(200);
            assertThat(send("POST", "/api/keys", "{").statusCode()).isEqualTo(400);
        }
    }

    private HttpResponse<byte[]> send(String method, String path, String json, String... headers) throws Exception {
        HttpRequest.Builder request = request(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        request.method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token);
    }
}
