package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testing.Break;
import dev.latchkey.testing.Endpoint;
import dev.latchkey.testing.Fault;
import dev.latchkey.testing.LatchkeyExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

// region: class
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class OrdersApplicationTest {
    @RegisterExtension
    static final LatchkeyExtension latchkey = LatchkeyExtension.builder()
            .key("shop", "orders:read", "orders:write")
            .audience("https://orders.example.com")
            .tokenTyp("JWT")
            .build();

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        latchkey.register(registry);
    }
    // endregion

    @LocalServerPort
    private int port;

    // region: scope
    @Test
    void aTokenWithTheScope_isServed() throws Exception {
        assertThat(get(latchkey.token("orders:read")).statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenWithoutTheScope_is403() throws Exception {
        HttpResponse<String> answer = get(latchkey.token("orders:write"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(reason(answer)).contains("insufficient_scope");
    }
    // endregion

    // region: expired
    @Test
    void aTokenThatWasIssuedTwoHoursAgo_hasExpired() throws Exception {
        latchkey.clock().skew(Duration.ofHours(-2));

        HttpResponse<String> answer = get(latchkey.token("orders:read"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(reason(answer)).contains("expired");
    }

    @Test
    void aTokenForAnotherAudience_isRefused() throws Exception {
        HttpResponse<String> answer = get(latchkey.token(t -> t.broken(Break.WRONG_AUDIENCE)));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(reason(answer)).contains("aud");
    }
    // endregion

    // region: rotated
    @Test
    void whenTheSigningKeyWasRotated_tokensOfBothKeysAreServed() throws Exception {
        String before = latchkey.token("orders:read");
        latchkey.rotateSigningKey();
        String after = latchkey.token("orders:read");

        assertThat(get(before).statusCode()).isEqualTo(200);
        assertThat(get(after).statusCode()).isEqualTo(200);
    }

    @Test
    void whileTheKeysCannotBeFetched_noTokenIsTakenForABadOne() throws Exception {
        latchkey.rotateSigningKey();
        latchkey.rotateSigningKey();
        latchkey.faults().next(Fault.status(503).times(2).on(Endpoint.JWKS));

        assertThat(get(latchkey.token("orders:read")).statusCode()).isEqualTo(500);

        latchkey.faults().clear();
        assertThat(get(latchkey.token("orders:read")).statusCode()).isEqualTo(200);
    }
    // endregion

    private HttpResponse<String> get(String token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/orders"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString());
    }

    private static String reason(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("");
    }
}
