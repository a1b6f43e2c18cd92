package com.example.forwardauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.latchkey.testing.Endpoint;
import dev.latchkey.testing.Fault;
import dev.latchkey.testing.LatchkeyExtension;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrdersTest {
    @RegisterExtension
    static final LatchkeyExtension latchkey =
            LatchkeyExtension.builder().key("shop", "orders", "stock").build();

    private Javalin orders;

    @BeforeEach
    void start() {
        orders = Orders.create(latchkey.url()).start("localhost", 0);
    }

    @AfterEach
    void stop() {
        orders.stop();
    }

    @Test
    void aTokenWithTheScope_isServed() throws Exception {
        HttpResponse<String> answer = get("Bearer " + latchkey.token("orders"));

        assertEquals(200, answer.statusCode());
        assertEquals("for " + latchkey.clientId("shop"), answer.body());
    }

    @Test
    void withoutAToken_the401SaysWhatIsNeeded() throws Exception {
        HttpResponse<String> answer = get(null);

        assertEquals(401, answer.statusCode());
        assertTrue(answer.headers().firstValue("WWW-Authenticate").orElseThrow().startsWith("Bearer"));
    }

    @Test
    void aTokenWithoutTheScope_is403() throws Exception {
        assertEquals(403, get("Bearer " + latchkey.token("stock")).statusCode());
    }

    @Test
    void aDisabledKeysToken_is401AtOnce() throws Exception {
        String token = latchkey.token("orders");
        latchkey.keys().disable(latchkey.clientId("shop"));

        assertEquals(401, get("Bearer " + token).statusCode());
    }

    // region: fault
    @Test
    void whileLatchkeyFails_requestsAre503() throws Exception {
        latchkey.faults().next(Fault.status(500).on(Endpoint.VERIFY));

        assertEquals(503, get("Bearer " + latchkey.token("orders")).statusCode());
        assertEquals(200, get("Bearer " + latchkey.token("orders")).statusCode());
    }
    // endregion

    private HttpResponse<String> get(String authorization) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + orders.port() + "/orders"));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
