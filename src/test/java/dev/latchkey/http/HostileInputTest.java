package dev.latchkey.http;

import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no decent client sends. Each gets a definite answer, and the service issues tokens after it. */
class HostileInputTest {
    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String GRANT = "grant_type=client_credentials";

    private static final TestService service = TestService.shared();

    private static NewAccessKey key;

    @BeforeAll
    static void start() {
        key = service.key("fx");
    }

    @AfterEach
    void stillIssues() {
        assertThat(service.token(key, "").statusCode()).isEqualTo(200);
    }

    static Stream<Arguments> requests() {
        String authorization =
                "Authorization: " + basic(key.key().id(), key.secret().reveal()) + "\r\n";
        String head = "POST /connect/token HTTP/1.1\r\nHost: x\r\n";
        return Stream.of(
                Arguments.of("garbage", "\u0001\u0002\u0003\r\n\r\n", 400),
                Arguments.of("no version", "POST /connect/token\r\n\r\n", 505),
                Arguments.of("unknown version", "POST /connect/token HTTP/9.9\r\nHost: x\r\n\r\n", 505),
                Arguments.of("no host", "GET /health/live HTTP/1.1\r\n\r\n", 400),
                Arguments.of("NUL in the path", "GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
                Arguments.of("dots in the path", "GET /connect/../../etc HTTP/1.1\r\nHost: x\r\n\r\n", 400),
                Arguments.of("encoded slash", "GET /connect%2ftoken HTTP/1.1\r\nHost: x\r\n\r\n", 400),
                Arguments.of(
                        "encoded dots before the path of a form",
                        "POST /connect/x/%2e%2e/token HTTP/1.1\r\nHost: x\r\n" + FORM + authorization + body(GRANT),
                        400),
                Arguments.of("bad escape in the path", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
                Arguments.of(
                        "100 KB header", "GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(100_000) + "\r\n\r\n", 431),
                Arguments.of("many headers", "GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(5_000) + "\r\n", 431),
                Arguments.of("long path", "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414),
                Arguments.of("header without colon", "GET / HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n", 400),
                Arguments.of("two lengths", head + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400),
                Arguments.of("negative length", head + "Content-Length: -1\r\n\r\n", 400),
                Arguments.of(
                        "length and chunks",
                        head + FORM + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400),
                Arguments.of(
                        "bad chunk size",
                        head + FORM + authorization + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                        400),
                Arguments.of(
                        "huge announced body", head + FORM + authorization + "Content-Length: 999999999\r\n\r\n", 413),
                Arguments.of("NUL in the body", head + FORM + authorization + body(GRANT + "&x=\u0000"), 400),
                Arguments.of("latin-1 in the body", head + FORM + authorization + body(GRANT + "&x=\u00e9"), 400),
                Arguments.of("no content type", head + authorization + body(GRANT), 415),
                Arguments.of("empty authorization", head + FORM + "Authorization:\r\n" + body(GRANT), 401),
                Arguments.of(
                        "NUL in the credentials",
                        head + FORM + "Authorization: " + basic("a\u0000b", "x") + "\r\n" + body(GRANT),
                        401));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void request_getsADefiniteAnswer(String name, String request, int status) throws IOException {
        String answer = exchange(request);

        assertThat(answer).as(name).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer).contains("X-Request-Id: ").contains("Cache-Control: no-store");
        assertThat(answer).containsAnyOf("Content-Type: application/json", "Content-Type: application/problem+json");
        assertThat(answer).doesNotContain("Exception").doesNotContain("etty").doesNotContain("<html");
    }

    /** A client that is not told that the connection ends may lose its next request on it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource({"requests", "requestsOfAnotherPath"})
    void whoseConnectionEnds_isToldSo(String name, String request, int status) throws IOException {
        String next = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

        String answers = exchange(request + next);

        String first = answers.substring(0, answers.indexOf("\r\n\r\n"));
        assertThat(first).as(name).startsWith("HTTP/1.1 " + status + " ");
        if (!answers.contains("HTTP/1.1 200 OK")) {
            assertThat(first).as(name).contains("\r\nConnection: close");
        }
    }

    static Stream<Arguments> requestsOfAnotherPath() {
        return Stream.of(
                Arguments.of("dots before the path", "GET /%2e%2e/api/scopes/a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n", 400),
                Arguments.of("a path that is not there", "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n", 404));
    }

    @Test
    void slowSenders_holdNoThread() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                Socket socket = open();
                slow.add(socket);
                String half = "POST /connect/token HTTP/1.1\r\nHost: x\r\n" + FORM + "Content-Length: 100\r\n\r\nhalf";
                socket.getOutputStream().write(half.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            }

            assertThat(service.token(key, "").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void slowSendersOfLargeBodies_holdUpNoTokenRequest() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket socket = open();
                slow.add(socket);
                String beginning = "POST /api/session HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n" + " ".repeat(40_000);
                socket.getOutputStream().write(beginning.getBytes(StandardCharsets.ISO_8859_1));
            }

            assertThat(service.token(key, "").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aBodyInManySmallPieces_isOneBody() throws IOException {
        String authorization =
                "Authorization: " + basic(key.key().id(), key.secret().reveal()) + "\r\n";
        try (Socket socket = open()) {
            String head = "POST /connect/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + FORM + authorization
                    + "Content-Length: " + GRANT.length() + "\r\n\r\n";
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            for (byte one : GRANT.getBytes(StandardCharsets.ISO_8859_1)) {
                socket.getOutputStream().write(one);
            }

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("access_token");
        }
    }

    /** Chunks of one byte, and the length of each with extensions, of many clients at a time. */
    @ParameterizedTest
    @ValueSource(strings = {"", ";a", ";name=\"quoted \\\" text\""})
    void aFormInChunksOfOneByte_isOneForm_fromManyClientsAtATime(String extension) throws IOException {
        String form = GRANT + "&ignored=" + "x".repeat(extension.isEmpty() ? 16_000 : 500);
        String chunks = form.chars()
                .mapToObj(c -> "1" + extension + "\r\n" + (char) c + "\r\n")
                .collect(Collectors.joining());
        String request = "POST /connect/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + FORM + "Authorization: "
                + basic(key.key().id(), key.secret().reveal()) + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks;
        List<Socket> unfinished = new ArrayList<>();
        try {
            for (int i = 0; i < 50; i++) {
                Socket socket = open();
                unfinished.add(socket);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            }

            for (Socket socket : unfinished) {
                socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .startsWith("HTTP/1.1 200 ");
            }
        } finally {
            for (Socket socket : unfinished) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /connect/token, 413",
        "POST, /api/session, 413",
        "POST, /api/keys, 401",
        "GET, /health/live, 200",
        "POST, /nowhere, 404",
        "POST, /connect/verify, 401"
    })
    void anAnswerToALargeBody_reachesAClientThatSendsAllOfIt(String method, String path, int status)
            throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
                + "Content-Type: application/json\r\nContent-Length: 8000000\r\n\r\n";

        assertThat(exchange(head + "x".repeat(8_000_000))).startsWith("HTTP/1.1 " + status + " ");
    }

    /** A caller who is not known is told so before the body is sent, and one who is has it taken. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
    void aBodyOfTheManagementApi_isReadWhenTheCallerIsKnown(String expectation) throws IOException {
        String head = "POST /api/keys HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + expectation
                + "Content-Length: 1000000\r\n";
        try (Socket socket = open()) {
            socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 401");
        }
    }

    @ParameterizedTest
    @CsvSource({"4096, 422", "4097, 413"})
    void aSignIn_hasAtMost4KiB(int bytes, int status) throws IOException {
        String body = "{\"username\":\"" + "u".repeat(bytes - 15) + "\"}";
        String answer = exchange("POST /api/session HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
                + "Content-Type: application/json\r\n" + body(body));

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() throws IOException {
        String live = "GET /health/live HTTP/1.1\r\nHost: x\r\n";
        String answers = exchange(live + "\r\n" + live + "X-Request-Id: the-second\r\nConnection: close\r\n\r\n");

        assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(3);
        assertThat(answers.indexOf("the-second")).isGreaterThan(answers.indexOf("live"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/keys/%2e", "/connect/verify"})
    void anAnswerThatLeavesABodyUnread_saysThatTheConnectionEnds(String path) throws IOException {
        String answer = exchange("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");

        assertThat(answer).contains("\r\nConnection: close\r\n");
    }

    private static String body(String text) {
        return "Content-Length: " + text.length() + "\r\n\r\n" + text;
    }

    /** Everything the service says until it closes; the output is closed behind the request. */
    private static String exchange(String request) throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        return socket;
    }
}
