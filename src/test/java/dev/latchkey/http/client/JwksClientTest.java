package dev.latchkey.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.StubService;
import dev.latchkey.harness.TestCertificate;
import dev.latchkey.issuer.TrustedIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JwksClientTest {
    @Test
    void fetch_thatHasEnded_leavesNoThreadOfItsPool() {
        // Nothing listens at port 1.
        assertThat(failure("http://127.0.0.1:1/jwks")).isNotNull();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("latchkey-jwks-"));
    }

    @Test
    void fetch_fromAHostOfAPrivateAuthority_failsWithTheFlagThatNamesIt() {
        try (StubService host = StubService.answeringOverTls(TestCertificate.create("EC"), 200, "{}")) {
            assertThat(failure(host.url() + "/jwks"))
                    .hasMessageEndingWith(
                            "is not trusted here; add the issuer with the authority's certificates" + " (--ca-file)");
        }
    }

    @Test
    void anAnswerThatIsTooLarge_brokenOff_orNotHttp_isNamedSo() throws IOException {
        String large = "HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\n" + " ".repeat(70_000);
        assertThat(failureOf(large)).hasMessageEndingWith("/jwks: the answer is larger than 65536 bytes");
        for (String broken : List.of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{", "SSH-2.0\r\n\r\n")) {
            assertThat(failureOf(broken)).hasMessageEndingWith("/jwks: the answer is broken off, or is not HTTP");
        }
    }

    /** What comes of a fetch that these bytes answer. */
    private static Throwable failureOf(String answer) throws IOException {
        try (ServerSocket host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                try (Socket client = host.accept()) {
                    client.getInputStream().read(new byte[1024]);
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            answering.start();
            return failure("http://127.0.0.1:" + host.getLocalPort() + "/jwks");
        }
    }

    private static Throwable failure(String jwksUri) {
        TrustedIssuer issuer = new TrustedIssuer(
                "some",
                "https://id.example",
                jwksUri,
                null,
                null,
                Duration.ofHours(1),
                false,
                null,
                Instant.EPOCH,
                "test");
        return new JwksClient()
                .fetch(issuer)
                .handle((found, failure) -> failure)
                .join();
    }
}
