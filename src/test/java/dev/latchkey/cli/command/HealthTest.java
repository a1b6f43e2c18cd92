package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.StubService;
import dev.latchkey.harness.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {
    @TempDir
    Path folder;

    private Path certificate;

    @BeforeEach
    void name() {
        certificate = folder.resolve("cert.pem");
    }

    @Test
    void ready_isZero() {
        try (StubService service = StubService.answering(200, "{}")) {
            assertThat(CliRun.of("health", "--url", service.url())).isEqualTo(new CliRun(0, "ready\n", ""));
            assertThat(service.asked().path()).isEqualTo("/health/ready");
            assertThat(service.asked().method()).isEqualTo("GET");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 404, 500, 503})
    void anyOtherAnswer_isOneWithOneLine(int status) {
        try (StubService service = StubService.answering(status, "")) {
            CliRun run = CliRun.of("health", "--url", service.url() + "/");
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.oneLine()).contains("not ready").contains("answered " + status);
        }
    }

    @Test
    void noServiceThere_isOneWithOneLine() {
        CliRun run = CliRun.of("health", "--url", "http://127.0.0.1:1");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("nothing listens");
    }

    @Test
    void withoutAUrl_theServiceOfTheSameEnvironmentIsAsked() {
        try (StubService service = StubService.answering(200, "{}")) {
            CliRun run = CliRun.with(Map.of("LATCHKEY_HOST", "0.0.0.0", "LATCHKEY_PORT", service.port()), "", "health");
            assertThat(run).isEqualTo(new CliRun(0, "ready\n", ""));
        }
    }

    @Test
    void withoutAUrl_noProxyIsAskedForTheServiceOfThisMachine() {
        Map<String, String> proxied =
                Map.of("http.proxyHost", "127.0.0.1", "http.proxyPort", "1", "http.nonProxyHosts", "");
        try (StubService service = StubService.answering(200, "{}")) {
            proxied.forEach(System::setProperty);
            CliRun run =
                    CliRun.with(Map.of("LATCHKEY_HOST", "127.0.0.1", "LATCHKEY_PORT", service.port()), "", "health");
            assertThat(run).isEqualTo(new CliRun(0, "ready\n", ""));
        } finally {
            proxied.keySet().forEach(System::clearProperty);
        }
    }

    /** Its certificate is for localhost and may be one that the service has not taken yet. */
    @Test
    void withoutAUrl_aServiceWithACertificateIsAskedByHttps() {
        TestCertificate shown = TestCertificate.create("EC");
        TestCertificate.create("EC").writeCertificate(certificate);
        try (StubService service = StubService.answeringOverTls(shown, 200, "{}")) {
            CliRun run = CliRun.with(environment(service), "", "health");
            assertThat(run).isEqualTo(new CliRun(0, "ready\n", ""));
        }
    }

    @Test
    void withoutAUrl_aSecretIsSentToTheCertificateOfTheEnvironmentAlone() {
        TestCertificate shown = TestCertificate.create("EC");
        try (StubService service = StubService.answeringOverTls(shown, 200, "{\"access_token\":\"t\"}")) {
            shown.writeCertificate(certificate);
            CliRun trusted = CliRun.with(environment(service), "secret\n", "token", "--key-id", "a");
            assertThat(trusted).isEqualTo(new CliRun(0, "t\n", ""));

            TestCertificate.create("EC").writeCertificate(certificate);
            CliRun refused = CliRun.with(environment(service), "secret\n", "token", "--key-id", "a");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.oneLine()).contains("another certificate than the one in " + certificate);
        }
    }

    @Test
    void caFile_isTrusted_andTheNameIsChecked() {
        TestCertificate authority = TestCertificate.authority("our own", null);
        authority.writeCertificate(certificate);
        try (StubService service = StubService.answeringOverTls(TestCertificate.signedBy(authority), 200, "{}")) {
            String[] words = {"health", "--url", service.url(), "--ca-file", certificate.toString()};
            assertThat(CliRun.of(words)).isEqualTo(new CliRun(0, "ready\n", ""));

            CliRun unknown = CliRun.of("health", "--url", service.url());
            assertThat(unknown.oneLine()).contains("--ca-file");
            TestCertificate.authority("another", null).writeCertificate(certificate);
            assertThat(CliRun.of(words).oneLine()).contains("not trusted here");
        }
    }

    @Test
    void caFile_thatIsNone_isNamed() {
        CliRun run = CliRun.of("health", "--url", "https://127.0.0.1:1", "--ca-file", certificate.toString());
        assertThat(run.oneLine()).contains("--ca-file").contains("there is no such file");
    }

    @Test
    void httpsToAnHttpPort_andTheReverse_areNamed() {
        byte[] badRequest = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (RawPort plain = RawPort.answering(badRequest)) {
            CliRun https = CliRun.of("health", "--url", "https://127.0.0.1:" + plain.port());
            assertThat(https.code()).isEqualTo(1);
            assertThat(https.oneLine()).contains("does not speak HTTPS").contains("--url http://127.0.0.1:");
        }
        byte[] alert = {0x15, 3, 3, 0, 2, 2, 80}; // fatal (RFC 8446 §6)
        try (RawPort tls = RawPort.answering(alert)) {
            CliRun http = CliRun.of("health", "--url", "http://127.0.0.1:" + tls.port());
            assertThat(http.code()).isEqualTo(1);
            assertThat(http.oneLine()).contains("give --url https://127.0.0.1:");
        }
        try (StubService nginx = StubService.answering(400, "The plain HTTP request was sent to HTTPS port")) {
            assertThat(CliRun.of("health", "--url", nginx.url()).oneLine()).contains("give --url https://127.0.0.1:");
        }
    }

    @Test
    void wait_asksUntilItIsReady() {
        try (StubService service = StubService.readyAtTheThirdQuestion()) {
            assertThat(CliRun.of("health", "--url", service.url(), "--wait", "60s"))
                    .isEqualTo(new CliRun(0, "ready\n", ""));
        }
    }

    @Test
    void wait_thatIsOver_saysWhatWasWrongLast() {
        CliRun run = CliRun.of("health", "--url", "http://127.0.0.1:1", "--wait", "1s");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.oneLine()).contains("nothing listens");
        assertThat(CliRun.of("health", "--wait", "soon").code()).isEqualTo(2);
    }

    private Map<String, String> environment(StubService service) {
        return Map.of(
                "LATCHKEY_HOST",
                "0.0.0.0",
                "LATCHKEY_PORT",
                service.port() + "\n",
                "LATCHKEY_TLS_CERT",
                certificate.toString());
    }

    /** A port that answers whatever comes with the same bytes, and ends the connection. */
    private record RawPort(ServerSocket listener) implements AutoCloseable {
        static RawPort answering(byte[] bytes) {
            try {
                ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Thread thread = new Thread(() -> answerAll(listener, bytes));
                thread.setDaemon(true);
                thread.start();
                return new RawPort(listener);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private static void answerAll(ServerSocket listener, byte[] bytes) {
            try {
                while (true) {
                    answer(listener.accept(), bytes);
                }
            } catch (IOException e) {
                return; // The test has ended.
            }
        }

        private static void answer(Socket accepted, byte[] bytes) throws IOException {
            try (Socket client = accepted) {
                byte[] request = new byte[8192];
                if (client.getInputStream().read(request) > 0) {
                    client.getOutputStream().write(bytes);
                }
            }
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() {
            try {
                listener.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
