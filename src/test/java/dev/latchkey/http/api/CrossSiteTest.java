package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cross-site request forgery: a page of another site makes a browser send calls, and the cookie goes along. */
class CrossSiteTest {
    private static final String SIGN_IN = ApiClient.object("username", "owner", "password", TestService.OWNER_PASSWORD);

    private static final String ISSUER = "https://id.example";

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.ISSUER, ISSUER));

    private static ApiClient browser;
    private static String cookie;
    private static String token;

    @BeforeAll
    static void start() {
        service.key("fx");
        cookie = ApiClient.cookie(ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD));
        browser = ApiClient.anonymous(service).with("Cookie", cookie);
        token = accessToken(service.token(service.key("fx", "latchkey:owner"), ""));
    }

    /** HOST is where the request was sent to; the issuer is https://id.example. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # Origin                  | Sec-Fetch-Site | allowed
            -                         | -              | false
            -                         | same-origin    | true
            -                         | same-site      | false
            -                         | cross-site     | false
            -                         | none           | false
            -                         | SAME-ORIGIN    | false
            http://HOST               | -              | true
            http://HOST               | same-origin    | true
            http://HOST               | none           | true
            http://HOST               | cross-site     | false
            http://HOST               | same-site      | false
            https://HOST              | -              | true
            https://id.example        | -              | true
            https://ID.EXAMPLE        | -              | true
            https://id.example:443    | -              | true
            http://id.example         | -              | false
            https://id.example:8443   | -              | false
            https://id.example.evil   | -              | false
            https://evil.example      | -              | false
            https://evil.example      | none           | false
            https://x.id.example      | -              | false
            http://127.0.0.1          | -              | false
            http://localhost:1        | -              | false
            null                      | -              | false
            https://id.example@evil   | -              | false
            id.example                | -              | false
            file://                   | -              | false
            http://HOST, http://HOST  | -              | false
            """)
    void aChangeByCookie_mustComeFromAPageOfThisService(String origin, String site, boolean allowed) {
        String host = "localhost:" + service.port();
        ApiClient page = browser.with("Origin", origin == null ? "" : origin.replace("HOST", host))
                .with("Sec-Fetch-Site", site == null ? "" : site);

        assertChanges(page, allowed);
        assertThat(page.get("/api/keys").statusCode()).as("reading").isEqualTo(200);
    }

    private static void assertChanges(ApiClient page, boolean allowed) {
        String key = service.key("fx").key().id();

        assertThat(page.with("Cookie", "").post("/api/session", SIGN_IN).statusCode())
                .as("signing in")
                .isEqualTo(allowed ? 200 : 403);
        assertThat(page.post("/api/keys", "{\"name\":\"n\",\"scopes\":[\"fx\"]}")
                        .statusCode())
                .as("creating")
                .isEqualTo(allowed ? 201 : 403);
        assertThat(page.patch("/api/keys/" + key, "{\"enabled\":false}").statusCode())
                .as("editing")
                .isEqualTo(allowed ? 200 : 403);
        HttpResponse<String> deleted = page.delete("/api/keys/" + key);
        assertThat(deleted.statusCode()).as("deleting").isEqualTo(allowed ? 204 : 403);
        if (!allowed) {
            assertThat(json(deleted)).containsEntry("title", "Forbidden");
        }
    }

    /** What a form or a plain script can send to another site without being asked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "json",
                "text/json",
                "application/json-seq"
            })
    void aChangeByCookie_mustBeJson(String contentType) {
        ApiClient page = browser.with("Sec-Fetch-Site", "same-origin").with("Content-Type", contentType);

        assertThat(page.post("/api/session", SIGN_IN).statusCode()).isEqualTo(403);
        assertThat(page.post("/api/keys", "{\"name\":\"n\",\"scopes\":[\"fx\"]}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(page.send("DELETE", "/api/scopes/fx", "x").statusCode()).isEqualTo(403);
    }

    @Test
    void aChangeByCookie_withoutABody_needsNoContentType() {
        String key = service.key("fx").key().id();
        ApiClient page = browser.with("Sec-Fetch-Site", "same-origin");

        assertThat(page.send("POST", "/api/keys/" + key + "/rotate", "").statusCode())
                .isEqualTo(200);
        assertThat(page.delete("/api/keys/" + key).statusCode()).isEqualTo(204);
    }

    @Test
    void aToken_needsToShowNothing_evenFromAnotherSite() {
        ApiClient program = ApiClient.withToken(service, token);
        String body = "{\"name\":\"n\",\"scopes\":[\"fx\"]}";

        assertThat(program.post("/api/keys", body).statusCode()).isEqualTo(201);
        assertThat(program.with("Origin", "https://evil.example")
                        .with("Sec-Fetch-Site", "cross-site")
                        .post("/api/keys", body)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aTokenBesideACookie_decidesAlone() {
        ApiClient both = browser.with("Authorization", "Bearer " + token);
        ApiClient bad = browser.with("Authorization", "Bearer nonsense").with("Sec-Fetch-Site", "same-origin");

        assertThat(json(both.get("/api/session"))).containsEntry("kind", "key");
        assertThat(both.post("/api/keys", "{\"name\":\"n\",\"scopes\":[\"fx\"]}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(bad.get("/api/session").statusCode()).isEqualTo(401);
    }

    /** Signing in always sets a cookie, whatever else is sent. */
    @Test
    void signingIn_withATokenToo_stillMustComeFromAPageOfThisService() {
        assertThat(ApiClient.withToken(service, token)
                        .post("/api/session", SIGN_IN)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void noOtherOrigin_mayReadTheApi() {
        HttpResponse<String> answer =
                browser.with("Origin", "https://evil.example").get("/api/keys");
        HttpResponse<String> preflight = browser.with("Origin", "https://evil.example")
                .with("Access-Control-Request-Method", "PATCH")
                .send("OPTIONS", "/api/keys/x", "");

        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(preflight.statusCode()).isEqualTo(405);
        assertThat(preflight.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    /** A proxy in front passes the name on that people use, or not. The service is not on loopback alone. */
    @ParameterizedTest
    @CsvSource({
        "keys.example,      https://keys.example,      204",
        "keys.example:443,  https://keys.example,      204",
        "keys.example,      https://keys.example:443,  204",
        "KEYS.example,      http://keys.EXAMPLE,       204",
        "[::1]:8080,        http://[::1]:8080,         204",
        "id.example,        http://id.example,         403",
        "id.example:443,    http://id.example:443,     403",
        "keys.example:8443, https://keys.example,      403",
        "keys.example,      http://keys.example:443,   403",
    })
    void theHostOfTheRequest_isOursToo_butTheIssuersByItsSchemeAlone(String host, String origin, int status)
            throws IOException {
        String key = service.key("fx").key().id();

        try (TestService open = service.again(Map.of(ServeFlag.ISSUER, ISSUER, ServeFlag.HOST, "0.0.0.0"))) {
            assertThat(statusOfDelete(open.port(), "/api/keys/" + key, host, origin))
                    .isEqualTo(status);
        }
    }

    private static int statusOfDelete(int port, String path, String host, String origin) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = "DELETE " + path + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin + "\r\nCookie: "
                    + cookie + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", -1)[1]);
        }
    }
}
