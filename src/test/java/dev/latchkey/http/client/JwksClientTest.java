package dev.latchkey.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.StubService;
import dev.latchkey.harness.TestCertificate;
import dev.latchkey.issuer.TrustedIssuer;
import java.time.Duration;
import java.time.Instant;
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
