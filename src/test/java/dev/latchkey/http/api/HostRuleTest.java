package dev.latchkey.http.api;

import static dev.latchkey.harness.Answers.accessToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DNS rebinding: a page whose own name leads to a loopback address must not reach the management API there. */
class HostRuleTest {
    private static final String BODY = "{\"username\":\"owner\",\"password\":\"" + TestService.OWNER_PASSWORD + "\"}";

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.ISSUER, "https://id.example/tenant"));

    private static String token;

    @BeforeAll
    static void start() {
        token = accessToken(service.token(service.key("fx", "latchkey:owner"), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LOCALHOST:1",
                "localhost.",
                "localhost.:8080",
                "127.0.0.1",
                "127.0.0.1:65535",
                "127.0.0.1.",
                "10.1.2.3:80",
                "[::1]",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]:8080",
                "id.example",
                "ID.example:8443",
                "id.example."
            })
    void addresses_localhostAndTheIssuersHost_areAnswered(String host) throws IOException {
        assertThat(list("/api/keys", host)).isEqualTo(200);
        assertThat(list("/tenant/api/keys", host)).isEqualTo(200);
        assertThat(signIn(host)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "id.example.evil",
                "x.id.example",
                "localhost..",
                "127.0.0.256",
                "127.1",
                "2130706433",
                "0x7f.0.0.1",
                "my-machine"
            })
    void otherNames_areForbidden_alsoWithAToken(String host) throws IOException {
        assertThat(list("/api/keys", host)).isEqualTo(403);
        assertThat(list("/tenant/api/keys", host)).isEqualTo(403);
        assertThat(signIn(host)).isEqualTo(403);
    }

    @Test
    void noHost_isForbidden() throws IOException {
        assertThat(status("GET /api/keys HTTP/1.0\r\nAuthorization: Bearer " + token + "\r\n\r\n"))
                .isEqualTo(403);
    }

    @Test
    void anAbsoluteTarget_mustBeRightToo() throws IOException {
        String rest = "\r\nAuthorization: Bearer " + token + "\r\nConnection: close\r\n\r\n";

        assertThat(status("GET http://localhost/api/keys HTTP/1.1\r\nHost: localhost" + rest))
                .isEqualTo(200);
        assertThat(status("GET http://evil.example/api/keys HTTP/1.1\r\nHost: evil.example" + rest))
                .isEqualTo(403);
        assertThat(status("GET http://evil.example/api/keys HTTP/1.1\r\nHost: localhost" + rest))
                .isIn(400, 403);
        assertThat(status("GET http://localhost/api/keys HTTP/1.1\r\nHost: evil.example" + rest))
                .isIn(400, 403);
    }

    @Test
    void whatIsNotManagement_isAnsweredUnderEveryName() throws IOException {
        assertThat(list("/.well-known/jwks.json", "evil.example")).isEqualTo(200);
        assertThat(list("/health/live", "evil.example")).isEqualTo(200);
    }

    @Test
    void aListenerThatIsNotLoopback_answersUnderEveryName() throws IOException {
        try (TestService open =
                service.again(Map.of(ServeFlag.ISSUER, "https://id.example", ServeFlag.HOST, "0.0.0.0"))) {
            String request = "GET /api/session HTTP/1.1\r\nHost: keys.internal\r\nConnection: close\r\n\r\n";

            assertThat(status(open.port(), request)).isEqualTo(401);
        }
    }

    private static int list(String path, String host) throws IOException {
        return status("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token
                + "\r\nConnection: close\r\n\r\n");
    }

    private static int signIn(String host) throws IOException {
        return status("POST /api/session HTTP/1.1\r\nHost: " + host + "\r\nOrigin: https://" + host
                + "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\nContent-Length: "
                + BODY.length() + "\r\nConnection: close\r\n\r\n" + BODY);
    }

    private static int status(String request) throws IOException {
        return status(service.port(), request);
    }

    private static int status(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", -1)[1]);
        }
    }
}
