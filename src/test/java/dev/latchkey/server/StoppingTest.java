package dev.latchkey.server;

import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Closing the service answers what has come and waits for nothing else. */
class StoppingTest {
    /** Many times more than are worked on at once. */
    private static final int CONNECTIONS = 150;

    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir
    Path folder;

    @Test
    void requestsThatWaitForTheirTurn_areAnsweredBeforeTheEnd_andTheirUseIsWrittenDown() throws IOException {
        TestService service = TestService.start(folder);
        NewAccessKey key = service.key("fx");
        List<Socket> sockets = connect(service);
        try {
            String request = tokenRequest(key);
            for (Socket socket : sockets) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            }

            service.close();

            for (Socket socket : sockets) {
                byte[] answer = socket.getInputStream().readAllBytes();
                assertThat(new String(answer, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 200 ");
            }
        } finally {
            close(sockets);
        }
        try (TestService later = TestService.start(folder)) {
            assertThat(later.services()
                            .accessKeys()
                            .get(Actor.operator("test"), key.key().id()))
                    .satisfies(used -> assertThat(used.lastUsedAt()).isNotNull());
        }
    }

    @Test
    @Timeout(8)
    void idleConnections_holdNothingUp() throws IOException {
        TestService service = TestService.start(folder);
        List<Socket> sockets = connect(service);
        try {
            service.close();

            for (Socket socket : sockets) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            close(sockets);
        }
    }

    /** Connections that have been used once. */
    private static List<Socket> connect(TestService service) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            sockets.add(socket);
            socket.getOutputStream().write(LIVE.getBytes(StandardCharsets.ISO_8859_1));
        }
        for (Socket socket : sockets) {
            String answer = "";
            while (!answer.endsWith("\"live\"}")) {
                answer += (char) socket.getInputStream().read();
            }
        }
        return sockets;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static String tokenRequest(NewAccessKey key) {
        String body = "grant_type=client_credentials";
        return "POST /connect/token HTTP/1.1\r\nHost: x\r\nAuthorization: "
                + basic(key.key().id(), key.secret().reveal())
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }
}
