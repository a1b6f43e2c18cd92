package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Answers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start and a first token load: libraries that neither needs would make both slower. */
class LoadedClassesTest {
    private static final String DATA_BINDING = "com.fasterxml.jackson.databind";
    private static final List<String> OF_METRICS = List.of("dev.latchkey.metrics.", "io.prometheus.");

    @TempDir
    Path folder;

    /** What is asked of a running service. */
    private interface Use {
        void of(String url, String credentials) throws Exception;
    }

    @Test
    void aStartAndAFirstToken_loadNothingOfJjwt_norOfDataBinding() throws Exception {
        List<String> loaded = loadedBy((url, credentials) -> token(url, credentials));

        assertThat(loaded).contains("dev.latchkey.token.issuing.TokenIssuer");
        assertThat(loaded)
                .filteredOn(name -> name.startsWith("io.jsonwebtoken")
                        || name.startsWith("org.eclipse.jetty.client")
                        || name.startsWith(DATA_BINDING))
                .isEmpty();
    }

    @Test
    void whateverIsAskedButTheManagementApi_loadsNothingOfDataBinding_norOfMetrics() throws Exception {
        List<String> loaded = loadedBy((url, credentials) -> {
            String token = (String) Answers.json(token(url, credentials)).get("access_token");
            String form = "token=" + token;
            assertThat(post(url + "/connect/introspect", credentials, form).body())
                    .startsWith("{\"active\":true");
            assertThat(post(url + "/connect/revocation", credentials, form).statusCode())
                    .isEqualTo(200);
            assertThat(post(url + "/connect/introspect", credentials, form).body())
                    .isEqualTo("{\"active\":false}");
            assertThat(post(url + "/connect/token", "Basic eDp5", "grant_type=client_credentials")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(get(url + "/connect/verify", "Bearer " + token)).isEqualTo(401);
            assertThat(get(url + "/api/keys", "")).isEqualTo(401);
            assertThat(get(url + "/metrics", "")).isEqualTo(404);
            for (String path : List.of(
                    "/.well-known/jwks.json",
                    "/.well-known/openid-configuration",
                    "/health/live",
                    "/health/ready",
                    "/openapi.json",
                    "/dashboard/")) {
                assertThat(get(url + path, "")).as(path).isEqualTo(200);
            }
        });

        assertThat(loaded).contains("dev.latchkey.json.JsonReader");
        assertThat(loaded)
                .filteredOn(name -> OF_METRICS.stream().anyMatch(name::startsWith))
                .isEmpty();
        assertThat(loaded).filteredOn(name -> name.startsWith(DATA_BINDING)).isEmpty();
    }

    private List<String> loadedBy(Use use) throws Exception {
        Path log = folder.resolve("classes.log");
        try (ForkedService service = new ForkedService(folder, "-Xlog:class+load=info:file=" + log)) {
            use.of(service.url(), service.credentials());
        }
        return loaded(log);
    }

    private static HttpResponse<String> token(String url, String credentials) throws Exception {
        HttpResponse<String> answer = post(url + "/connect/token", credentials, "grant_type=client_credentials");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    private static HttpResponse<String> post(String url, String credentials, String form) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Authorization", credentials)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static int get(String url, String credentials) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (!credentials.isEmpty()) {
            request.header("Authorization", credentials);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static List<String> loaded(Path log) throws Exception {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(line -> line.replaceAll("^(\\[[^]]*])+ ", "").split(" ", 2)[0])
                    .toList();
        }
    }
}
