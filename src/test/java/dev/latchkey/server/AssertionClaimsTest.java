package dev.latchkey.server;

import static dev.latchkey.server.AssertionClient.ISSUER;
import static dev.latchkey.server.AssertionClient.assertOneRefusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the claims of an assertion must say (RFC 7523 §3). */
class AssertionClaimsTest {
    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.ISSUER, ISSUER));

    private static AssertionClient client;

    @BeforeAll
    static void register() {
        client = new AssertionClient(service);
    }

    @Test
    void audience_isTheIssuerOrTheTokenEndpoint_andNothingBesideIt() {
        for (Object good : List.of(
                ISSUER, List.of(ISSUER), List.of(ISSUER + "/connect/token"), "HTTPS://ID.example/base/connect/token")) {
            assertThat(client.postClaims(claims -> claims.put("aud", good)).statusCode())
                    .isEqualTo(200);
        }
        for (Object bad : List.of(
                List.of("https://other.example", ISSUER),
                List.of(ISSUER, ISSUER + "/connect/token"),
                List.of(ISSUER, ISSUER),
                List.of(ISSUER, 1),
                Map.of("0", ISSUER),
                "")) {
            assertOneRefusal(client.postClaims(claims -> claims.put("aud", bad)));
        }
        for (List<String> bad : List.of(
                List.<String>of(),
                List.of("https://other.example"),
                List.of(ISSUER + "/"),
                List.of(service.url()),
                List.of(ISSUER + "/connect/introspect"))) {
            assertOneRefusal(client.ask(claims -> claims.audience(bad)));
        }
    }

    @Test
    void times_haveTheirEdges() {
        Instant now = service.clock().instant();

        assertThat(client.post(client.expiring(now.minusSeconds(29))).statusCode())
                .isEqualTo(200);
        assertThat(client.post(client.expiring(now.plusSeconds(301))).statusCode())
                .isEqualTo(200);
        assertThat(client.post(client.expiring(now.plusSeconds(330))).statusCode())
                .isEqualTo(200);
        assertOneRefusal(client.post(client.expiring(now.minusSeconds(30))));
        assertOneRefusal(client.post(client.expiring(now.plusSeconds(331))));
        assertOneRefusal(client.ask(claims -> claims.expirationTime(null)));
        for (String begin : List.of("nbf", "iat")) {
            long edge = now.plusSeconds(30).getEpochSecond();
            assertThat(client.ask(claims -> claims.claim(begin, edge)).statusCode())
                    .isEqualTo(200);
            assertOneRefusal(client.ask(claims -> claims.claim(begin, edge + 1)));
            assertOneRefusal(client.ask(claims -> claims.claim(begin, "soon")));
        }
    }

    @Test
    void times_mayHaveFractions_whichCount() {
        long now = service.clock().instant().getEpochSecond();

        assertThat(client.postClaims(claims -> claims.put("exp", seconds(now, "329.75")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.postClaims(claims -> claims.put("exp", seconds(now, "-29.5")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.postClaims(claims -> claims.put("iat", seconds(now, "29.9")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.postClaims(claims -> claims.put("exp", new BigDecimal(now + "e0")))
                        .statusCode())
                .isEqualTo(200);
        assertOneRefusal(client.postClaims(claims -> claims.put("exp", seconds(now, "330.25"))));
        assertOneRefusal(client.postClaims(claims -> claims.put("nbf", seconds(now, "30.25"))));
        assertOneRefusal(client.postClaims(claims -> claims.put("exp", "" + (now + 60))));
        assertOneRefusal(client.postClaims(claims -> claims.put("exp", -1)));
        assertOneRefusal(client.postClaims(claims -> claims.put("exp", new BigDecimal("1e300"))));
    }

    @Test
    void issuerAndSubject_areTheKeyItself() {
        assertOneRefusal(client.ask(claims -> claims.issuer("another")));
        assertOneRefusal(client.ask(claims -> claims.subject("another")));
        assertOneRefusal(client.ask(claims -> claims.issuer(null)));
        assertOneRefusal(client.ask(claims -> claims.subject(null)));
        assertOneRefusal(client.ask(claims -> claims.subject("ack_unknown").issuer("ack_unknown")));
        NewAccessKey withoutJwks = service.key("fx");
        String id = withoutJwks.key().id();
        assertOneRefusal(client.ask(claims -> claims.subject(id).issuer(id)));
    }

    private static BigDecimal seconds(long from, String plus) {
        return new BigDecimal(from).add(new BigDecimal(plus));
    }
}
