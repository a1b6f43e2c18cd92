package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.StubService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRefusedTest {
    private static final Map<String, String> SECRET = Map.of("LATCHKEY_KEY_SECRET", "s3cret:/+ü");
    private static final String ANSWER =
            "{\"access_token\":\"a.b.c\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"scope\":\"x\"}";

    private CliRun run(StubService service) {
        return CliRun.with(SECRET, "", "token", "--key-id", "k", "--url", service.url(), "--json");
    }

    @Test
    void oauthError_isOneLineWithItsDescription() {
        String body = "{\"error\":\"invalid_client\",\"error_description\":\"Client\\nauthentication failed.\"}";
        try (StubService service = StubService.answering(401, body, "WWW-Authenticate", "Basic realm=\"latchkey\"")) {
            CliRun run = run(service);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.oneLine()).isEqualTo("latchkey: no token: invalid_client: Client\\nauthentication failed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "[]",
                "{\"access_token\":7}",
                "{\"access_token\":\"\"}",
                "{\"access_token\":\"a\\u001b[2Jb\"}",
                "{\"access_token\":\"a b\"}",
                "{\"error\":\"x\"}"
            })
    void answerThatHoldsNoToken_isOneLine(String body) {
        try (StubService service = StubService.answering(200, body)) {
            CliRun run = run(service);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.oneLine()).contains("check --url");
        }
    }

    @Test
    void redirect_isNotFollowed() {
        try (StubService elsewhere = StubService.answering(200, ANSWER);
                StubService service = StubService.answering(307, "", "Location", elsewhere.url())) {
            CliRun run = run(service);
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.oneLine()).contains("307");
            assertThat(service.asked().method()).isEqualTo("POST");
        }
    }

    @Test
    void hugeAnswer_isNotReadToItsEnd() {
        try (StubService service = StubService.answering(200, "x".repeat(3_000_000))) {
            assertThat(run(service).oneLine()).contains("1 MiB");
        }
    }

    @Test
    void nothingListens_saysSo() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port;
        CliRun run = CliRun.with(SECRET, "", "token", "--key-id", "k", "--url", url);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("nothing listens at " + url);
    }

    @Test
    void connectionThatBreaksOff_isOneLine() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread hangUp = new Thread(() -> hangUp(socket));
            hangUp.setDaemon(true);
            hangUp.start();
            CliRun run = CliRun.with(
                    SECRET, "", "token", "--key-id", "k", "--url", "http://127.0.0.1:" + socket.getLocalPort());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.oneLine()).contains("broke off");
        }
    }

    private static void hangUp(ServerSocket socket) {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept()) {
                caller.setSoLinger(true, 0);
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    @Nested
    class WrongUsage {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "localhost:8080",
                    "ftp://h",
                    "http://",
                    "http://u:geheim@h",
                    "http://h/?q",
                    "http://h#f",
                    "h",
                    "http://h:99999"
                })
        void url_thatIsNone_isTwo(String url) {
            CliRun run = CliRun.with(SECRET, "", "token", "--key-id", "k", "--url", url);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.oneLine()).contains("--url must").doesNotContain("geheim");
        }

        @Test
        void noKeyId_isTwo() {
            assertThat(CliRun.with(SECRET, "", "token").oneLine()).contains("--key-id is missing");
            assertThat(CliRun.with(SECRET, "", "token").code()).isEqualTo(2);
        }

        @Test
        void noSecret_isTwoAndSaysWhereItBelongs() {
            CliRun run = CliRun.of("token", "--key-id", "k");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.oneLine()).contains("LATCHKEY_KEY_SECRET").contains("stdin");
        }

        @Test
        void secretAsAFlag_isNoOptionAndIsNotRepeated() {
            CliRun run = CliRun.of("token", "--key-id", "k", "--secret", "acs_geheim");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.oneLine()).contains("no option \"--secret\"").doesNotContain("geheim");
        }

        @Test
        void badPortVariable_isNamed() {
            CliRun run = CliRun.with(Map.of("LATCHKEY_PORT", "x"), "s", "token", "--key-id", "k");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.oneLine()).contains("LATCHKEY_PORT must be");
        }
    }
}
