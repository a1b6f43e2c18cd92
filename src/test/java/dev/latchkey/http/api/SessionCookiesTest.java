package dev.latchkey.http.api;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several session cookies in one browser: of several ports, and several of one name. */
class SessionCookiesTest {
    private static final String BODY = "{\"username\":\"owner\",\"password\":\"" + TestService.OWNER_PASSWORD + "\"}";
    private static final Pattern NAME = Pattern.compile("Set-Cookie: ([^=]+)=");

    private static final TestService service = TestService.shared();

    @ParameterizedTest
    @CsvSource({
        "localhost:8080,   latchkey_session_8080",
        "LOCALHOST:8080,   latchkey_session_8080",
        "127.0.0.1:8081,   latchkey_session_8081",
        "[::1]:8082,       latchkey_session_8082",
        "localhost,        latchkey_session_80",
        "[::1],            latchkey_session_80"
    })
    void onHttp_theNameHoldsThePortOfTheHost(String host, String name) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            String request = "POST /api/session HTTP/1.1\r\nHost: " + host
                    + "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: "
                    + BODY.length() + "\r\nConnection: close\r\n\r\n" + BODY;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            Matcher set = NAME.matcher(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));

            assertThat(set.find()).isTrue();
            assertThat(set.group(1)).isEqualTo(name);
        }
    }

    /** A browser sends the cookies of all ports of a host to each of them. */
    @Test
    void twoPortsOfOneHost_bothStaySignedIn() {
        try (TestService other = service.again()) {
            String here = ApiClient.cookie(ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD));
            String there = ApiClient.cookie(ApiClient.signIn(other, "owner", TestService.OWNER_PASSWORD));
            String both = here + "; " + there;

            assertThat(here.substring(0, here.indexOf('='))).isNotEqualTo(there.substring(0, there.indexOf('=')));
            ApiClient hereToo = ApiClient.withCookie(service, both);
            assertThat(hereToo.get("/api/session").statusCode()).isEqualTo(200);
            assertThat(hereToo.delete("/api/session").statusCode()).isEqualTo(204);
            assertThat(hereToo.get("/api/session").statusCode()).isEqualTo(401);
            assertThat(ApiClient.withCookie(other, both).get("/api/session").statusCode())
                    .isEqualTo(200);
        }
    }

    /** Whatever another program on the host sets, with a longer path it stands first. */
    @Test
    void ofSeveralOfOneName_anyGoodOneCounts_andChangesToo() {
        String good = signIn();
        String name = good.substring(0, good.indexOf('=') + 1);
        String bad = name + "x; " + name + "\"\"; " + name + "; " + strangers(name, 20);

        for (String cookies : new String[] {bad + "; " + good, good + "; " + bad, bad + ";" + good + ";" + bad}) {
            ApiClient owner = ApiClient.withCookie(service, cookies);
            assertThat(owner.get("/api/session").statusCode()).isEqualTo(200);
            assertThat(owner.post("/api/scopes", "{}").statusCode()).isEqualTo(422);
        }
        assertThat(ApiClient.withCookie(service, bad).get("/api/session").statusCode())
                .isEqualTo(401);
    }

    @Test
    void soManyAreTried_andNoMore() {
        String good = signIn();
        String name = good.substring(0, good.indexOf('=') + 1);

        assertThat(ApiClient.withCookie(service, strangers(name, 31) + "; " + good)
                        .get("/api/session")
                        .statusCode())
                .isEqualTo(200);
        assertThat(ApiClient.withCookie(service, strangers(name, 32) + "; " + good)
                        .get("/api/session")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void signOut_endsEverySessionOfTheName() {
        String first = signIn();
        String second = signIn();

        ApiClient.withCookie(service, first + "; " + second).delete("/api/session");

        assertThat(ApiClient.withCookie(service, first).get("/api/session").statusCode())
                .isEqualTo(401);
        assertThat(ApiClient.withCookie(service, second).get("/api/session").statusCode())
                .isEqualTo(401);
    }

    @Test
    void anHttpsIssuer_openedOverHttp_saysThatTheSessionWillNotLast() {
        try (TestService https = service.again(Map.of(ServeFlag.ISSUER, "https://id.example"))) {
            HttpResponse<String> plain = signIn(https, "http://127.0.0.1:" + https.port());
            HttpResponse<String> secure = signIn(https, "https://id.example");

            assertThat(plain.statusCode()).isEqualTo(200);
            assertThat(String.valueOf(json(plain).get("warning")))
                    .contains("opened over http", "https://id.example/dashboard/");
            assertThat(json(secure)).doesNotContainKey("warning");
        }
        assertThat(json(signIn(service, "http://127.0.0.1:" + service.port()))).doesNotContainKey("warning");
    }

    private static HttpResponse<String> signIn(TestService where, String origin) {
        return ApiClient.anonymous(where)
                .with(
                        "Origin",
                        origin.replace("127.0.0.1:" + where.port(), where.url().substring(7)))
                .post("/api/session", BODY);
    }

    private static String signIn() {
        return ApiClient.cookie(ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD));
    }

    private static String strangers(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> name + String.format("%043d", i))
                .collect(Collectors.joining("; "));
    }
}
