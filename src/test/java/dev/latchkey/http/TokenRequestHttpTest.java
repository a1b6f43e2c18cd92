package dev.latchkey.http;

import static dev.latchkey.http.TokenRequests.FORM;
import static dev.latchkey.http.TokenRequests.GRANT;
import static dev.latchkey.http.TokenRequests.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.TestService;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for tokens that HTTP itself refuses, and the id that every request gets. */
class TokenRequestHttpTest {
    @RegisterExtension
    private static final TestService service = TestService.shared();

    private static TokenRequests requests;

    @BeforeAll
    static void makeKey() {
        requests = new TokenRequests(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "FOO"})
    void otherMethods_are405WithAllow(String method) {
        HttpResponse<String> answer =
                service.send(service.request("/connect/token").method(method, HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x", "x", ";"})
    void otherContentTypes_are415(String contentType) {
        HttpResponse<String> answer = service.send(service.request("/connect/token")
                .header("Authorization", requests.authorization())
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(GRANT)));

        assertError(answer, 415, "invalid_request");
    }

    @Test
    void bodies_upTo16KiB_areRead_andLargerOnesAre413() {
        String padding = "&x=" + "y".repeat(16 * 1024 - GRANT.length() - 3);

        assertThat(requests.post(requests.authorization(), GRANT + padding).statusCode())
                .isEqualTo(200);
        assertError(requests.post(requests.authorization(), GRANT + padding + "y"), 413, "invalid_request");
    }

    @Test
    void chunkedBodies_areReadAndBoundedToo() {
        assertThat(chunked(GRANT).statusCode()).isEqualTo(200);
        assertError(chunked(GRANT + "&x=" + "y".repeat(20_000)), 413, "invalid_request");
    }

    @Test
    void unknownPaths_are404() {
        assertThat(service.get("/connect/nothing").statusCode()).isEqualTo(404);
        assertThat(service.get("/connect/token/").statusCode()).isEqualTo(404);
        assertThat(service.get("/nothing").headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({
        "/oauth/token,           /connect/token",
        "/oauth2/token,          /connect/token",
        "/token,                 /connect/token",
        "/connect/token/,        /connect/token",
        "/oauth2/introspect,     /connect/introspect",
        "/oauth/revoke,          /connect/revocation",
        "/oauth2/certs,          /.well-known/jwks.json"
    })
    void pathsOfOtherServices_nameOurs(String path, String ours) {
        HttpResponse<String> answer =
                service.send(service.request(path).header("Content-Type", FORM).POST(BodyPublishers.ofString(GRANT)));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains(ours);
    }

    private HttpResponse<String> chunked(String form) {
        byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
        return service.send(service.request("/connect/token")
                .header("Authorization", requests.authorization())
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));
    }

    @Test
    void anAcceptableId_isKept() {
        HttpResponse<String> answer = service.send(service.request("/connect/token")
                .header("X-Request-Id", "abc.DEF_123-4")
                .GET());

        assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("abc.DEF_123-4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "has space in it", "semi;colon;semi"})
    void anyOther_isReplaced(String given) {
        HttpResponse<String> answer = service.send(
                service.request("/health/live").header("X-Request-Id", given).GET());

        assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1).doesNotContain(given);
        assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow()).matches("[A-Za-z0-9._-]{8,64}");
    }
}
