package dev.latchkey.dev.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.dev.DevService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fault of each kind, on each kind of endpoint, as a client on a socket sees it. */
class FaultsTest {
    private static final int PATIENCE_MILLIS = 10_000;

    /** One for all tests; after a test that stopped it, another one. */
    private static @Nullable DevService service;

    @BeforeEach
    void start() {
        if (service == null) {
            service = DevService.withOrders();
        }
    }

    @AfterEach
    void reset() throws Exception {
        if (service != null) {
            service.call("POST", "/dev/reset", "");
        }
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
            service = null;
        }
    }

    /** What {@code on} can say, and a request that it means. */
    static Stream<List<String>> endpoints() {
        String form = "grant_type=client_credentials&scope=fx";
        return Stream.of(
                List.of("token", post("/connect/token", form)),
                List.of("jwks", get("/.well-known/jwks.json")),
                List.of("metadata", get("/.well-known/openid-configuration")),
                List.of("introspection", post("/connect/introspect", "token=x")),
                List.of("revocation", post("/connect/revocation", "token=x")),
                List.of("verify", get("/connect/verify")),
                List.of("any", post("/connect/token", form)),
                List.of("any", get("/.well-known/jwks.json")));
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void status_isAnsweredOnce_andTheConnectionGoesOn(List<String> endpoint) throws Exception {
        fault(endpoint, "\"status\":503,\"error\":\"temporarily_unavailable\",\"retry_after\":7");

        try (Socket socket = connect()) {
            String hit = ask(socket, endpoint.get(1));
            String after = ask(socket, endpoint.get(1));

            assertThat(hit)
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("\r\nRetry-After: 7\r\n")
                    .contains("\"error\":\"temporarily_unavailable\"");
            assertThat(after).startsWith("HTTP/1.1 ").doesNotStartWith("HTTP/1.1 503");
        }
        assertThat(service.get("/dev/faults").body()).isEqualTo("{\"data\":[]}");
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void body_isAnsweredAsItWasGiven(List<String> endpoint) throws Exception {
        fault(endpoint, "\"status\":502,\"body\":\"<h1>Bad gateway</h1>\",\"content_type\":\"text/html\"");

        try (Socket socket = connect()) {
            assertThat(ask(socket, endpoint.get(1)))
                    .startsWith("HTTP/1.1 502 ")
                    .contains("Content-Type: text/html\r\n")
                    .endsWith("<h1>Bad gateway</h1>");
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void delay_bringsTheRealAnswer_later(List<String> endpoint) throws Exception {
        String real;
        try (Socket socket = connect()) {
            real = statusLine(ask(socket, endpoint.get(1)));
        }
        fault(endpoint, "\"delay\":\"PT0.2S\"");

        try (Socket socket = connect()) {
            long start = System.nanoTime();
            String late = ask(socket, endpoint.get(1));
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(190_000_000L);
            assertThat(statusLine(late)).isEqualTo(real);
            assertThat(statusLine(ask(socket, endpoint.get(1)))).isEqualTo(real);
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void reset_isAResetOfTheConnection(List<String> endpoint) throws Exception {
        fault(endpoint, "\"connection\":\"reset\"");

        try (Socket socket = connect()) {
            send(socket, endpoint.get(1));
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void empty_isTheEndWithoutAByte(List<String> endpoint) throws Exception {
        fault(endpoint, "\"connection\":\"empty\"");

        try (Socket socket = connect()) {
            send(socket, endpoint.get(1));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void truncate_isHalfOfWhatTheHeaderSays(List<String> endpoint) throws Exception {
        fault(endpoint, "\"connection\":\"truncate\"");

        try (Socket socket = connect()) {
            send(socket, endpoint.get(1));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int body = all.length() - all.indexOf("\r\n\r\n") - 4;
            assertThat(all).startsWith("HTTP/1.1 ");
            assertThat(contentLength(all)).isGreaterThan(body);
        }
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void hang_endsWhenFaultsAreDeleted(List<String> endpoint) throws Exception {
        fault(endpoint, "\"connection\":\"hang\"");

        try (Socket socket = connect()) {
            send(socket, endpoint.get(1));
            awaitRequests(1);
            assertThat(socket.getInputStream().available()).isZero();
            service.call("DELETE", "/dev/faults", "");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void hang_endsWithAReset_andWithTheStop() throws Exception {
        service.call("POST", "/dev/faults", "{\"connection\":\"hang\",\"times\":\"always\"}");
        String request = post("/connect/token", "grant_type=client_credentials");

        try (Socket first = connect();
                Socket second = connect()) {
            send(first, request);
            awaitRequests(1);
            service.call("POST", "/dev/reset", "");
            assertThat(first.getInputStream().read()).isEqualTo(-1);

            service.call("POST", "/dev/faults", "{\"connection\":\"hang\"}");
            send(second, request);
            awaitRequests(1);
            long start = System.nanoTime();
            stop();
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
            assertThat(second.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void delay_endsWithTheStop_andTheRealAnswer() throws Exception {
        service.call("POST", "/dev/faults", "{\"on\":\"jwks\",\"delay\":\"9m\"}");

        try (Socket socket = connect()) {
            send(socket, get("/.well-known/jwks.json"));
            while (!service.get("/dev/faults").body().equals("{\"data\":[]}")) {
                Thread.onSpinWait();
            }
            long start = System.nanoTime();
            stop();
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
            assertThat(read(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void delayedRequestsOfOneKey_200AtATime_holdNoOtherClient() throws Exception {
        service.call("POST", "/dev/faults", "{\"delay\":\"9m\",\"times\":200,\"key_id\":\"orders\"}");
        String slow = post(
                "/connect/token",
                "orders:" + DevService.ORDERS_SECRET.replace(' ', '+'),
                "grant_type=client_credentials");
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                Socket socket = connect();
                sockets.add(socket);
                send(socket, slow);
            }
            assertThat(service.devToken(Map.of("scope", "fx")).statusCode()).isEqualTo(200);
            assertThat(service.get("/.well-known/jwks.json").statusCode()).isEqualTo(200);
            while (!service.get("/dev/faults").body().equals("{\"data\":[]}")) {
                Thread.onSpinWait();
            }
            assertThat(service.devToken(Map.of("scope", "fx")).statusCode()).isEqualTo(200);
            // The stop ends the delays.
            stop();
            for (Socket socket : sockets) {
                assertThat(read(socket)).startsWith("HTTP/1.1 200 ");
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void keyId_isTheOneSent_beforeAnythingIsChecked() throws Exception {
        service.call("POST", "/dev/faults", "{\"status\":500,\"key_id\":\"nobody\",\"times\":3}");

        assertThat(service.devToken(Map.of()).statusCode()).isEqualTo(200);
        Map<String, String> grant = Map.of("grant_type", "client_credentials");
        assertThat(service.form("/connect/token", "nobody", "x", grant).statusCode())
                .isEqualTo(500);
        try (Socket socket = connect()) {
            String form = "grant_type=client_credentials&client_id=nobody&client_secret=x";
            assertThat(ask(
                            socket,
                            head("POST", "/connect/token")
                                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                    + form.length() + "\r\n\r\n" + form))
                    .startsWith("HTTP/1.1 500 ");
        }
        assertThat(DevService.json(service.get("/dev/faults"))
                        .at("/data/0/times")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void faults_happenInOrder_afterSoMany_soManyTimes() throws Exception {
        service.call("POST", "/dev/faults", "{\"status\":500,\"after\":1,\"times\":2}");
        service.call("POST", "/dev/faults", "{\"status\":429}");

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            statuses.add(service.devToken(Map.of()).statusCode());
        }

        assertThat(statuses).containsExactly(429, 500, 500, 200, 200);
    }

    @Test
    void wrongFields_areAllNamed() throws Exception {
        HttpResponse<String> answer = service.call(
                "POST",
                "/dev/faults",
                "{\"on\":\"tokens\",\"times\":0,\"after\":-1,\"status\":99,\"delay\":\"soon\",\"connection\":\"cut\",\"x\":1}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(DevService.json(answer).path("errors").findValuesAsText("field"))
                .contains("on", "times", "after", "status", "delay", "connection", "x");
    }

    private void fault(List<String> endpoint, String fields) throws Exception {
        HttpResponse<String> queued =
                service.call("POST", "/dev/faults", "{\"on\":\"" + endpoint.get(0) + "\"," + fields + "}");
        assertThat(queued.statusCode()).as(queued.body()).isEqualTo(201);
    }

    private void awaitRequests(int count) throws Exception {
        String found =
                service.get("/dev/requests?at_least=" + count + "&wait=5s").body();
        assertThat(DevService.json(service.get("/dev/requests")).path("data").size())
                .as(found)
                .isGreaterThanOrEqualTo(count);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String ask(Socket socket, String request) throws IOException {
        send(socket, request);
        return read(socket);
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** One answer, which must say how long it is. */
    private static String read(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the end after " + answer).isNotNegative();
            answer.append((char) next);
        }
        byte[] body = socket.getInputStream().readNBytes(contentLength(answer.toString()));
        return answer + new String(body, StandardCharsets.ISO_8859_1);
    }

    private static int contentLength(String answer) {
        for (String line : answer.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                return Integer.parseInt(line.substring(15).strip());
            }
        }
        return 0;
    }

    private static String statusLine(String answer) {
        return answer.substring(0, answer.indexOf("\r\n"));
    }

    private static String get(String path) {
        return head("GET", path) + "\r\n";
    }

    private static String post(String path, String form) {
        return post(path, "dev:dev-secret", form);
    }

    private static String post(String path, String pair, String form) {
        return head("POST", path)
                + "Authorization: " + DevService.basic(pair)
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                + "\r\n\r\n" + form;
    }

    private static String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    }
}
