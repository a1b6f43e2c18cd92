package dev.latchkey.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.issuer.TrustedIssuer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JwksClientTest {
    /** Nothing listens at port 1. */
    private static final TrustedIssuer AWAY = new TrustedIssuer(
            "away",
            "https://id.example",
            "http://127.0.0.1:1/jwks",
            null,
            null,
            Duration.ofHours(1),
            false,
            null,
            Instant.EPOCH,
            "test");

    @Test
    void fetch_thatHasEnded_leavesNoThreadOfItsPool() {
        assertThat(new JwksClient()
                        .fetch(AWAY)
                        .handle((found, failure) -> failure)
                        .join())
                .isNotNull();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("latchkey-jwks-"));
    }
}
