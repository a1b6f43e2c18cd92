package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.header;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.harness.QuickHasher;
import dev.latchkey.harness.TestService;
import dev.latchkey.user.PasswordHasher;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start on a new store: tokens come first, and nothing is missing when it is done. */
class FirstStartTest {
    private static final String SECRET = "a-secret-of-at-least-32-characters";
    private static final String SEED =
            "{\"scopes\":[{\"name\":\"fx\"}],\"keys\":[{\"id\":\"orders\",\"name\":\"Orders\","
                    + "\"scopes\":[\"fx\"],\"secret\":\"" + SECRET + "\"}]}";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;
    private volatile boolean isAboutToAnswer;

    @BeforeEach
    void findPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, HERE)) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("seed.json"), SEED);
    }

    /** Asks the service something at the moment when the first Owner's password is hashed. */
    private final class Asking implements PasswordHasher {
        final List<HttpResponse<String>> tokens = new ArrayList<>();
        final List<HttpResponse<String>> jwkSets = new ArrayList<>();
        private final PasswordHasher hasher = new QuickHasher();

        @Override
        public String hash(String password) {
            assertThat(isAboutToAnswer).isTrue();
            tokens.add(token());
            jwkSets.add(jwkSet());
            return hasher.hash(password);
        }

        @Override
        public boolean matches(String password, String hash) {
            return hasher.matches(password, hash);
        }
    }

    @Test
    void tokensAreIssued_andTheJwkSetIsWhole_beforeThereIsAnOwner() {
        Asking asking = new Asking();
        try (LatchkeyServer server = start(asking)) {
            assertThat(server.url()).endsWith(":" + port);
            String token = accessToken(asking.tokens.get(0));

            assertThat(kids(asking.jwkSets.get(0)))
                    .hasSize(2)
                    .contains(String.valueOf(header(token).get("kid")))
                    .isEqualTo(kids(jwkSet()));
        }
        assertThat(asking.tokens).hasSize(1);
    }

    @Test
    void anOwnerWhoCannotBeMade_endsTheStart_andTheNextOneMakesUpForIt() throws IOException {
        PasswordHasher failing = new PasswordHasher() {
            @Override
            public String hash(String password) {
                throw new IllegalStateException("no hash today");
            }

            @Override
            public boolean matches(String password, String hash) {
                return false;
            }
        };

        assertThatThrownBy(() -> start(failing)).hasMessage("no hash today");

        try (ServerSocket again = new ServerSocket(port, 1, HERE)) {
            assertThat(again.isBound()).isTrue();
        }
        Asking asking = new Asking();
        try (LatchkeyServer server = start(asking)) {
            assertThat(server.url()).endsWith(":" + port);
            assertThat(kids(jwkSet())).hasSize(2);
        }
        assertThat(asking.tokens).hasSize(1);
    }

    private LatchkeyServer start(PasswordHasher hasher) {
        ServeSettings settings = ServeSettings.read(
                Map.of(
                        ServeFlag.PORT,
                        String.valueOf(port),
                        ServeFlag.DB,
                        folder.resolve("latchkey.db").toString(),
                        ServeFlag.SEED,
                        folder.resolve("seed.json").toString()),
                Map.of());
        Housekeeping.Schedule seldom =
                new Housekeeping.Schedule(Duration.ofDays(1), Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1));
        return LatchkeyServer.start(
                settings,
                Clock.systemUTC(),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                () -> isAboutToAnswer = true,
                seldom,
                hasher,
                ServiceExtension.NONE,
                Embedding.NONE);
    }

    private HttpResponse<String> token() {
        return send(request("/connect/token")
                .header("Authorization", TestService.basic("orders", SECRET))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));
    }

    private HttpResponse<String> jwkSet() {
        return send(request("/.well-known/jwks.json"));
    }

    private static List<String> kids(HttpResponse<String> jwkSet) {
        List<String> kids = new ArrayList<>();
        for (Object key : (List<?>) json(jwkSet).get("keys")) {
            kids.add(String.valueOf(((Map<?, ?>) key).get("kid")));
        }
        return kids;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
