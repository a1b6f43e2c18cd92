package dev.latchkey.server;

import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.audit.AuditListener;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.sql.database.OutageListener;
import dev.latchkey.token.TokenListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What listeners are told of a running service. */
class ListenersTest {
    private static final long BOUND_SECONDS = 20;
    private static final String GRANT = "grant_type=client_credentials";

    private final LinkedBlockingQueue<String> tokens = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Long> nanos = new LinkedBlockingQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private LatchkeyServer server;
    private NewAccessKey key;

    private final class Recording implements TokenListener, HttpListener {
        @Override
        public void tokenRequested(String outcome, long took) {
            tokens.add(outcome);
            nanos.add(took);
        }

        @Override
        public void introspected(boolean active) {
            tokens.add("active " + active);
        }

        @Override
        public void verified(String outcome) {
            tokens.add(outcome);
        }

        @Override
        public void answered(String route, int status, long took) {
            requests.add(route + " " + status);
            nanos.add(took);
        }
    }

    @BeforeEach
    void start(@TempDir Path folder) {
        MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
        String db = folder.resolve("told.db").toString();
        try (Services services = Services.open(db, true, clock)) {
            key = services.accessKeys()
                    .create(Actor.operator("test"), AccessKeySettings.named("told", ScopeSet.of(List.of("fx"))), true);
        }
        ServeSettings settings = ServeSettings.read(
                Map.of(ServeFlag.PORT, "0", ServeFlag.DB, db),
                Map.of(ServeSettings.OWNER_PASSWORD_VARIABLE, "correct horse battery"));
        Recording recording = new Recording();
        server = TestServers.start(
                settings,
                clock,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                Duration.ofDays(1),
                new Listeners(recording, recording, OutageListener.NONE, AuditListener.NONE));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tokenRequest_isToldByItsOutcome() throws Exception {
        post("/connect/token", GRANT);
        post("/connect/token", "");
        post("/connect/token", "grant_type=magic");
        post("/connect/token", GRANT + "&scope=other");
        post("/connect/token", GRANT + "&resource=https://elsewhere.example");
        post("/connect/token", GRANT + "&scope=fx&scope=fx");
        post("/connect/token", "x=" + "x".repeat(20_000));
        send(request("/connect/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(GRANT)));
        send(request("/connect/token").header("Content-Type", "text/plain").POST(BodyPublishers.ofString(GRANT)));

        assertThat(taken(tokens, 9))
                .containsExactly(
                        "issued",
                        "invalid_request",
                        "unsupported_grant_type",
                        "invalid_scope",
                        "invalid_target",
                        "invalid_request",
                        "invalid_request",
                        "invalid_client",
                        "invalid_request");
        assertThat(nanos).allSatisfy(took -> assertThat(took).isPositive().isLessThan(TimeUnit.MINUTES.toNanos(1)));
    }

    @Test
    void introspection_isToldByActivity_ofAuthenticatedClientsAlone() throws Exception {
        String token = issue();

        post("/connect/introspect", "token=" + token);
        post("/connect/introspect", "token=none");
        post("/connect/introspect", "");
        send(request("/connect/introspect")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token)));

        assertThat(taken(tokens, 2)).containsExactly("active true", "active false");
        assertThat(tokens).isEmpty();
    }

    @Test
    void verification_isToldByItsOutcome() throws Exception {
        String token = issue();

        verify("", "Bearer " + token);
        verify("", "Bearer none");
        verify("", "Basic eDp5");
        verify("?scope=other", "Bearer " + token);
        verify("?audience=other", "Bearer " + token);
        verify("?scope=a&scope=b", "Bearer " + token);

        assertThat(taken(tokens, 6))
                .containsExactly(
                        "passed",
                        "invalid_token",
                        "no_token",
                        "insufficient_scope",
                        "invalid_token",
                        "invalid_request");
    }

    @Test
    void request_isToldByThePatternOfItsRoute_neverByItsPath() throws Exception {
        post("/connect/token", GRANT);
        get("/api/keys/chosen-by-a-stranger");
        get("/health/live");
        get("/connect/verify/below/it");
        get("/dashboard/assets/v/chosen");
        get("/chosen");
        get("/api/keys/%2e%2e/chosen");

        assertThat(taken(requests, 7))
                .containsExactly(
                        "/connect/token 200",
                        "/api/keys/{id} 401",
                        "/health/live 200",
                        "/connect/verify 401",
                        "/dashboard/assets/{version}/{name} 404",
                        "none 404",
                        "none 400");
    }

    @Test
    void requestThatIsNoHttp_isToldWithoutARoute() throws Exception {
        URI url = URI.create(server.url());
        for (String text : List.of("GET\r\n\r\n", "GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")) {
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 400");
            }
        }

        assertThat(taken(requests, 2))
                .allMatch(told -> told.endsWith(" 400"))
                .noneMatch(told -> told.contains("chosen"));
    }

    @Test
    void outage_isToldBesideTheLog() {
        List<String> told = new ArrayList<>();
        OutageLog log = new OutageLog(new OutageListener() {
            @Override
            public void began(String reason) {
                told.add(reason);
            }

            @Override
            public void ended(String store) {
                told.add(store);
            }
        });

        log.began("gone");
        log.ended("s.db");

        assertThat(told).containsExactly("gone", "s.db");
    }

    private String issue() throws Exception {
        String body = post("/connect/token", GRANT).body();
        assertThat(taken(tokens, 1)).containsExactly("issued");
        return body.split("\"", 5)[3];
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return send(request(path)
                .header("Authorization", basic(key.key().id(), key.secret().reveal()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private void verify(String query, String authorization) throws Exception {
        send(request("/connect/verify" + query).header("Authorization", authorization));
    }

    private void get(String path) throws Exception {
        send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** So many, as soon as they are there: a request is told when it has ended, which its client need not wait for. */
    private static List<String> taken(LinkedBlockingQueue<String> told, int count) {
        return Stream.generate(() -> next(told)).limit(count).toList();
    }

    private static String next(LinkedBlockingQueue<String> told) {
        try {
            return String.valueOf(told.poll(BOUND_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
