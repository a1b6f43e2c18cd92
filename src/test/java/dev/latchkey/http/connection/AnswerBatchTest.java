package dev.latchkey.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.TestService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers that go out together stay those of their own requests. */
class AnswerBatchTest {
    /** Several batches for each of the threads that read, the last of them not full. */
    private static final int CONNECTIONS = 53;

    private static final int REQUESTS = 3;
    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final TestService service = TestService.shared();

    @Test
    void answers_ofManyConnections_areEachItsOwnInOrder() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
                socket.setSoTimeout(READ_TIMEOUT_MILLIS);
                sockets.add(socket);
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                sockets.get(i).getOutputStream().write(requests(i).getBytes(StandardCharsets.ISO_8859_1));
            }
            for (int i = 0; i < CONNECTIONS; i++) {
                String answers =
                        new String(sockets.get(i).getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(answers.lines().filter(line -> line.startsWith("X-Request-Id: ")))
                        .containsExactly(header(i, 1), header(i, 2), header(i, 3));
                assertThat(answers.split("HTTP/1.1 401 ", -1)).hasSize(REQUESTS + 1);
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static String requests(int connection) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= REQUESTS; i++) {
            text.append("POST /connect/token HTTP/1.1\r\nHost: localhost\r\n")
                    .append(header(connection, i))
                    .append(i == REQUESTS ? "\r\nConnection: close" : "")
                    .append("\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 29\r\n\r\n")
                    .append("grant_type=client_credentials");
        }
        return text.toString();
    }

    private static String header(int connection, int number) {
        return "X-Request-Id: request-" + connection + "-" + number;
    }
}
