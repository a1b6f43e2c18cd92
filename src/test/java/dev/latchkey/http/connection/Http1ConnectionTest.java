package dev.latchkey.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jetty's connection does not bound by itself. Fails when a new Jetty calls the parts of it in another way. */
class Http1ConnectionTest {
    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: x\r\n";
    private static final String CLOSE = "Connection: close\r\n\r\n";

    @RegisterExtension
    private static final TestService service =
            TestService.fresh(Map.of(ServeFlag.ISSUER, "http://localhost:8080/tenant"));

    private static NewAccessKey key;
    private final List<Socket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        key = service.key("fx");
    }

    @AfterEach
    void stillIssues() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        assertThat(service.token(key, "").statusCode()).isEqualTo(200);
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        sockets.add(socket);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private String answerTo(String text) throws IOException {
        return new String(send(text).getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Host and Connection are two of the fields. */
    @ParameterizedTest
    @CsvSource({"98, 200", "99, 431"})
    void aRequest_hasAtMostAHundredFields(int others, int status) throws IOException {
        assertThat(answerTo(LIVE + "a: b\r\n".repeat(others) + CLOSE)).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void fieldsBeyondThose_areRefusedBeforeTheHeaderIsComplete() throws IOException {
        assertThat(answerTo(LIVE + "a:b\r\n".repeat(120))).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void fields_areCountedAnew_inEachRequestOfAConnection() throws IOException {
        String fifty = LIVE + "a: b\r\n".repeat(50);

        assertThat(answerTo((fifty + "\r\n").repeat(3) + fifty + CLOSE)).containsPattern("(?s)(200 OK.*){4}");
    }

    @ParameterizedTest
    @CsvSource({
        "/health/live, 15000, 200",
        "/health/live, 17000, 431",
        "/connect/verify, 65000, 401",
        "/connect/verify/a/b, 65000, 401",
        "/connect/verify?scope=fx, 65000, 401",
        "/tenant/connect/verify, 65000, 401",
        "http://h/connect/verify, 65000, 401",
        "/connect/verify, 70000, 431",
        "/connect/verifyx, 17000, 431",
        "/?/connect/verify, 17000, 431",
        "/connect/token, 17000, 431"
    })
    void aHeader_has16KiB_andForwardAuthentication64(String target, int bytes, int status) throws IOException {
        String cookies = "Cookie: " + "c".repeat(bytes - 200) + "\r\n";

        String answer = answerTo("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + cookies + CLOSE);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @ParameterizedTest
    @CsvSource({"GET /, 414", "GET / HTTP/1.1|X: , 431", "GET /connect/verify HTTP/1.1|X: , 200"})
    void aHeaderThatNeverEnds_isRefused_whenItIsTooLarge(String beginning, int status) throws IOException {
        Socket socket = send(beginning.replace("|", "\r\n") + "a".repeat(17_000));

        if (status == 200) {
            assertThat(socket.getInputStream().available()).isZero();
        } else {
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void aConnectionThatHadALargeHeader_endsWithItsAnswer() throws IOException {
        String answer = answerTo("GET /connect/verify HTTP/1.1\r\nHost: h\r\nCookie: " + "c".repeat(20_000) + "\r\n\r\n"
                + LIVE + "\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 401 ")
                .contains("\r\nConnection: close\r\n")
                .doesNotContain("200 OK");
    }

    /** RFC 9112 §2.2, §5.1, §6.1, §6.3: what two readers could understand in two ways. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.0\nTransfer-Encoding: chunked\n\n",
                "POST / HTTP/1.0\nConnection: keep-alive\nTransfer-Encoding: chunked\n\n",
                "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: gzip, chunked\n\n",
                "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n",
                "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: identity\n\n",
                "POST / HTTP/1.1\nHost: x\nContent-Length: 5\nTransfer-Encoding: chunked\n\n",
                "POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\nContent-Length: 5\n\n",
                "POST / HTTP/1.1\nHost: x\nContent-Length: 5\nContent-Length: 5\n\n",
                "POST / HTTP/1.1\nHost: x\nContent-Length: 5, 5\n\n",
                "POST / HTTP/1.1\nHost: x\nContent-Length: +5\n\n",
                "POST / HTTP/1.1\nHost: x\nContent-Length: 99999999999999999999\n\n",
                "POST / HTTP/1.1\nHost: x\nContent-Length : 5\n\n",
                "GET / HTTP/1.1\nHost: x\nA: b\n c\n\n",
                "GET / HTTP/1.1\nHost: x\nHost: y\n\n",
                "GET / HTTP/1.1LF\nHost: x\n\n",
                "GET / HTTP/1.1\nHost: xLF\n\n",
                "GET / HTTP/1.1\nA: bLF\nHost: x\n\n",
                "GET / HTTP/1.1\nHost: x\nLF\n",
                "GET / HTTP/1.1\nHost: xCRA: b\n\n",
                "GET / HTTP/1.1\nHost: x\nA: bNUL\n\n",
                "POST /connect/token HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n1LF\nx\n0\n\n",
                "PRI * HTTP/2.0\n\nSM\n\n",
            })
    void whatTwoReadersCouldTakeForDifferentThings_isRefused_andEndsTheConnection(String request) throws IOException {
        String bytes = request.replace("\n", "\r\n")
                .replace("LF\r\n", "\n")
                .replace("CR", "\r")
                .replace("NUL", "\0");

        String answer = answerTo(bytes + LIVE + CLOSE);

        assertThat(answer).matches("(?s)HTTP/1.1 (400|415|426|501) .*").contains("\r\nConnection: close\r\n");
        assertThat(answer).doesNotContain("200 OK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AA==\r\n",
                "Upgrade: websocket\r\n"
            })
    void noRequest_changesTheProtocol(String fields) throws IOException {
        assertThat(answerTo(LIVE + fields + "\r\n" + LIVE + CLOSE))
                .containsPattern("(?s)^HTTP/1.1 200 .*HTTP/1.1 200 ");
    }

    /** A connection that has its answer goes behind those that wait for theirs. */
    @Test
    void aClientThatSendsRequestsAhead_isServedNoMoreOftenThanOthers() throws IOException {
        String form = "grant_type=client_credentials";
        String token = "POST /connect/token HTTP/1.1\r\nHost: x\r\nAuthorization: "
                + TestService.basic(key.key().id(), key.secret().reveal())
                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n";
        int ahead = 200;
        List<Socket> greedy = new ArrayList<>();
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            greedy.add(send((token + "\r\n" + form).repeat(ahead) + token + CLOSE + form));
        }

        String answer = answerTo(token + CLOSE + form);

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        long meanwhile = 0;
        for (Socket socket : greedy) {
            meanwhile += socket.getInputStream().available();
        }
        assertThat(meanwhile).isLessThan((long) greedy.size() * ahead * answer.length() / 2);
        for (Socket socket : greedy) {
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(ahead + 2);
        }
    }
}
