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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service loads as it is used: libraries that are not needed would make it slower, and larger. */
class LoadedClassesTest {
    private static final String DATA_BINDING = "com.fasterxml.jackson.databind";
    private static final List<String> OF_METRICS = List.of("dev.latchkey.metrics.", "io.prometheus.");

    @TempDir
    private static Path folder;

    private static ForkedService service;
    private static List<String> byTheFirstToken = List.of();

    @BeforeAll
    static void start() throws Exception {
        service = new ForkedService(folder, "-Xlog:class+load=info:file=" + folder.resolve("classes.log"));
        token(service.url(), service.credentials());
        byTheFirstToken = loaded();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aStartAndAFirstToken_loadNothingOfJjwt_norOfDataBinding() {
        assertThat(byTheFirstToken).contains("dev.latchkey.token.issuing.TokenIssuer");
        assertThat(byTheFirstToken)
                .filteredOn(name -> name.startsWith("io.jsonwebtoken")
                        || name.startsWith("org.eclipse.jetty.client")
                        || name.startsWith(DATA_BINDING))
                .isEmpty();
    }

    @Test
    void whateverIsAskedButTheManagementApi_loadsNothingOfDataBinding_norOfMetrics() throws Exception {
        String url = service.url();
        String credentials = service.credentials();
        String token = (String) Answers.json(token(url, credentials)).get("access_token");
        String form = "token=" + token;
        assertThat(post(url + "/connect/introspect", credentials, form).body()).startsWith("{\"active\":true");
        assertThat(post(url + "/connect/revocation", credentials, form).statusCode())
                .isEqualTo(200);
        assertThat(post(url + "/connect/introspect", credentials, form).body()).isEqualTo("{\"active\":false}");
        assertThat(post(url + "/connect/token", "Basic eDp5", "grant_type=client_credentials")
                        .statusCode())
                .isEqualTo(401);
        assertThat(get(url + "/connect/verify", "Bearer " + token).statusCode()).isEqualTo(401);
        assertThat(get(url + "/api/keys", "").statusCode()).isEqualTo(401);
        assertThat(get(url + "/metrics", "").statusCode()).isEqualTo(404);
        for (String path : List.of(
                "/.well-known/jwks.json",
                "/.well-known/openid-configuration",
                "/health/live",
                "/health/ready",
                "/openapi.json",
                "/dashboard/")) {
            assertThat(get(url + path, "").statusCode()).as(path).isEqualTo(200);
        }

        List<String> loaded = loaded();
        assertThat(loaded).contains("dev.latchkey.json.JsonReader");
        assertThat(loaded)
                .filteredOn(name -> OF_METRICS.stream().anyMatch(name::startsWith))
                .isEmpty();
        assertThat(loaded).filteredOn(name -> name.startsWith(DATA_BINDING)).isEmpty();
    }

    @Test
    void withoutDev_thereIsNothingAtDev_andNothingOfTheStandInIsLoaded() throws Exception {
        for (String path : List.of(
                "/dev",
                "/dev/clock",
                "/dev/faults",
                "/dev/tokens",
                "/dev/requests",
                "/dev/reset",
                "/dev/openapi.json")) {
            HttpResponse<Void> answer = get(service.url() + path, "");
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.headers().firstValue("X-Latchkey-Reason")).isEmpty();
        }

        assertThat(loaded())
                .contains("dev.latchkey.server.LatchkeyServer")
                .noneMatch(name -> name.startsWith("dev.latchkey.dev."));
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

    private static HttpResponse<Void> get(String url, String credentials) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (!credentials.isEmpty()) {
            request.header("Authorization", credentials);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding());
    }

    /** The names of the classes that it has loaded by now. */
    private static List<String> loaded() throws Exception {
        try (Stream<String> lines = Files.lines(folder.resolve("classes.log"))) {
            return lines.map(line -> line.replaceAll("^(\\[[^]]*])+ ", "").split(" ", 2)[0])
                    .toList();
        }
    }
}
