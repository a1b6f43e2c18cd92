package dev.latchkey.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask and do not read what they are answered: more of them than there are threads and places. */
@Timeout(60)
class SlowReadersTest {
    private static final int CLIENTS = 60;
    private static final int SMALL_BUFFER_BYTES = 4 * 1024;
    private static final int REQUESTS_AHEAD = 60;

    private final List<Socket> sockets = new ArrayList<>();

    @RegisterExtension
    private final TestService service = TestService.fresh();

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void askWithoutReading(String request) throws IOException {
        byte[] bytes = request.repeat(REQUESTS_AHEAD).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < CLIENTS; i++) {
            Socket socket = new Socket();
            sockets.add(socket);
            socket.setReceiveBufferSize(SMALL_BUFFER_BYTES);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
            socket.getOutputStream().write(bytes);
        }
        for (Socket socket : sockets) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }

    private void assertOthersAreServed() {
        NewAccessKey key = service.key("fx");
        assertThat(service.token(key, "").statusCode()).isEqualTo(200);
        assertThat(service.post("/connect/revocation", key, "token=x").statusCode())
                .isEqualTo(200);
        assertThat(ApiClient.signIn(service, "owner", TestService.OWNER_PASSWORD)
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.get("/openapi.json").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.json", "/.well-known/jwks.json", "/connect/verify", "/api/keys", "/nowhere"})
    void strangers_holdNeitherThreadsNorPlaces(String path) throws IOException {
        askWithoutReading("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertOthersAreServed();
    }

    @Test
    void callers_holdNeitherThreadsNorPlaces() throws IOException {
        for (int i = 0; i < 100; i++) {
            service.key("fx");
        }
        String token = Answers.accessToken(service.token(service.key("latchkey:developer"), ""));

        askWithoutReading(
                "GET /api/keys?limit=100 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n");

        assertOthersAreServed();
    }
}
