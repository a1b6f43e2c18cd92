package dev.latchkey.server;

import static dev.latchkey.server.AssertionClient.assertOneRefusal;
import static dev.latchkey.server.AssertionClient.publicSet;
import static dev.latchkey.server.WorkloadIssuer.RSA;
import static dev.latchkey.server.WorkloadIssuer.json;
import static dev.latchkey.server.WorkloadIssuer.send;
import static dev.latchkey.server.WorkloadIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the JWK Sets of trusted issuers are fetched: seldom, once for all who wait, and without harm to anything else. */
class JwksFetchTest {
    private static final Actor OWNER = Actor.operator("test");
    private static final String ISSUER = "https://id.example";
    private static int names;

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.ISSUER, ISSUER));

    private final WorkloadClient client = new WorkloadClient(service);
    private final WorkloadIssuer issuer = new WorkloadIssuer();
    private String name;

    @BeforeEach
    void trust() {
        name = "i" + names++;
        client.trust(name, issuer.url(), "");
        client.key(name, "{\"issuer\":\"" + name + "\",\"subject\":\"s\"}");
    }

    @AfterEach
    void close() {
        issuer.close();
    }

    private static Instant now() {
        return service.clock().instant();
    }

    private String token(RSAKey key) {
        return token(issuer.url(), key);
    }

    private String token(String iss, RSAKey key) {
        return signed(JWSAlgorithm.RS256, key, issuer.claims(ISSUER, now(), claims -> {
            claims.put("iss", iss);
            claims.put("sub", "s");
        }));
    }

    private String failure() {
        String told = service.services()
                .issuers()
                .fetch(OWNER, service.services().issuers().get(OWNER, name))
                .failure();
        return String.valueOf(told);
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(Answers.json(answer)).containsEntry("error", "temporarily_unavailable");
    }

    @Test
    void fiveHundredClientsAtOnce_causeOneFetch_andAllGetTokens() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        issuer.answer(exchange -> {
            asked.countDown();
            await(answers);
            json(publicSet(RSA)).to(exchange);
        });
        String token = token(RSA);
        HttpClient many = HttpClient.newHttpClient();
        List<CompletableFuture<HttpResponse<String>>> asking = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            asking.add(many.sendAsync(WorkloadClient.request(service, token, "").build(), BodyHandlers.ofString()));
        }
        await(asked);
        // While they wait, others are served.
        assertThat(service.token(service.key("fx"), "").statusCode()).isEqualTo(200);
        answers.countDown();

        for (CompletableFuture<HttpResponse<String>> one : asking) {
            assertThat(one.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aSet_isKeptAsItsAnswerSays_andAnUnknownKidFetchesOnceIn30Seconds() {
        issuer.answer(exchange -> {
            exchange.getResponseHeaders().set("Cache-Control", "public, max-age=600");
            json(publicSet(RSA)).to(exchange);
        });
        assertThat(client.post(token(RSA)).statusCode()).isEqualTo(200);
        service.clock().advance(Duration.ofSeconds(599));
        assertThat(client.post(token(RSA)).statusCode()).isEqualTo(200);
        assertThat(issuer.fetches()).isEqualTo(1);
        service.clock().advance(Duration.ofSeconds(1));
        assertThat(client.post(token(RSA)).statusCode()).isEqualTo(200);
        assertThat(issuer.fetches()).isEqualTo(2);

        RSAKey rotated = AssertionClient.rsa("rotated");
        for (int i = 0; i < 3; i++) {
            assertOneRefusal(client.post(token(rotated)));
        }
        assertThat(issuer.fetches()).isEqualTo(3);
        issuer.answer(json(publicSet(RSA, rotated)));
        service.clock().advance(Duration.ofSeconds(29));
        assertOneRefusal(client.post(token(rotated)));
        service.clock().advance(Duration.ofSeconds(1));
        assertThat(client.post(token(rotated)).statusCode()).isEqualTo(200);
        assertThat(issuer.fetches()).isEqualTo(4);
    }

    @Test
    void aSetThatCannotBeFetchedAnew_servesForAnHour_andNeverBeyondADay() {
        issuer.answer(exchange -> {
            exchange.getResponseHeaders().set("Cache-Control", "max-age=60");
            json(publicSet(RSA)).to(exchange);
        });
        assertThat(client.post(token(RSA)).statusCode()).isEqualTo(200);
        issuer.answer(exchange -> send(exchange, 500, new byte[0]));
        service.clock().advance(Duration.ofMinutes(60));
        assertThat(client.post(token(RSA)).statusCode()).isEqualTo(200);
        service.clock().advance(Duration.ofMinutes(1));
        assertUnavailable(client.post(token(RSA)));
        assertThat(failure()).contains("/jwks answered 500");

        issuer.answer(exchange -> {
            exchange.getResponseHeaders().set("Cache-Control", "max-age=999999");
            json(publicSet(RSA)).to(exchange);
        });
        service.clock().advance(Duration.ofSeconds(5));
        assertThat(client.post(token(RSA)).statusCode()).isEqualTo(200);
        issuer.answer(exchange -> send(exchange, 500, new byte[0]));
        service.clock().advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(client.post(token(RSA)).statusCode()).isEqualTo(200);
        service.clock().advance(Duration.ofSeconds(1));
        assertUnavailable(client.post(token(RSA)));
    }

    @Test
    void whateverElseComes_isNoSet_andATokenIs503() {
        Map<String, WorkloadIssuer.Answer> bad = Map.of(
                "answered 302",
                        exchange -> {
                            exchange.getResponseHeaders().set("Location", issuer.url() + "/elsewhere");
                            send(exchange, 302, new byte[0]);
                        },
                "has no key", json("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AQAB\"},7,null,{\"kty\":\"RSA\",\"n\":{}}]}"),
                "not JSON", json("<html>"),
                "nested", json("[".repeat(30_000)),
                "not a JSON object", json("[]"),
                "answered 404", exchange -> send(exchange, 404, new byte[0]),
                "capacity", exchange -> send(exchange, 200, new byte[65 * 1024]));
        bad.forEach((why, answer) -> {
            issuer.answer(answer);
            service.clock().advance(Duration.ofSeconds(6));
            assertUnavailable(client.post(token(RSA)));
            assertThat(failure()).as(why).isNotEmpty();
        });
        issuer.answer(json(publicSet(RSA)));
        service.clock().advance(Duration.ofSeconds(6));
        assertThat(client.post(token(RSA)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:PORT/jwks", "http://169.254.169.254/latest/meta-data/"})
    void aRedirect_isNotFollowed_andToldAsWhatItIs(String target) {
        String location = target.replace("PORT", Integer.toString(issuer.port()));
        issuer.answer(exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            send(exchange, 302, new byte[0]);
        });
        assertUnavailable(client.post(token(RSA)));
        assertThat(failure()).contains("/jwks answered 302");
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void anIssuerThatRefusesConnections_isUnavailable_andOthersAreServed() {
        String token = token(RSA);
        issuer.close();
        assertUnavailable(client.post(token));
        assertThat(failure()).containsIgnoringCase("refused");
        assertThat(service.token(service.key("fx"), "").statusCode()).isEqualTo(200);
    }

    @Test
    void aName_thatLeadsToThisMachine_isNotConnectedTo() {
        String other = "n" + names++;
        client.trust(
                other, "https://x.example/" + other, ",\"jwks_uri\":\"https://localhost:" + issuer.port() + "/jwks\"");
        client.key(other, "{\"issuer\":\"" + other + "\",\"subject\":\"s\"}");
        assertUnavailable(client.post(token("https://x.example/" + other, RSA)));
        assertThat(issuer.fetches()).isZero();
        name = other;
        assertThat(failure()).doesNotContain("Connection refused");
    }

    @Test
    void metadata_thatNamesAnotherHost_orAnotherIssuer_isNotFollowed() {
        String other = "m" + names++;
        client.trust(other, issuer.url() + "/", "");
        client.key(other, "{\"issuer\":\"" + other + "\",\"subject\":\"s\"}");
        assertUnavailable(client.post(token(issuer.url() + "/", RSA)));
        name = other;
        assertThat(failure()).contains("is of another issuer");
        assertThat(issuer.fetches()).isZero();
    }
}
