package dev.latchkey.dev.profile;

import static java.util.Objects.requireNonNull;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.dev.StandIn;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.server.LatchkeyServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A stand-in on a free port with profiles and these keys. */
final class ProfileService implements AutoCloseable {
    static final String SECRET = "a-secret-of-32-characters-at-least";

    private static final String SEED = """
            {"scopes": [{"name": "fx"}, {"name": "vault"}],
             "keys": [
               {"id": "orders", "secret": "%1$s", "name": "orders", "scopes": ["fx", "vault"],
                "audience": ["https://api.example.com", "5d1f"], "claims": {"team": "treasury"}},
               {"id": "plain", "secret": "%1$s", "name": "plain", "scopes": ["fx"]},
               {"id": "owner", "secret": "%1$s", "name": "owner", "scopes": ["latchkey:owner"]}]}
            """.formatted(SECRET);

    private final HttpClient client = HttpClient.newHttpClient();
    private final MutableClock clock;
    private final LatchkeyServer server;

    private ProfileService(Map<ServeFlag, String> flags, Instant now, List<String> profiles) {
        Map<ServeFlag, String> all = new EnumMap<>(ServeFlag.class);
        all.put(ServeFlag.PORT, "0");
        all.put(ServeFlag.SEED, SEED);
        all.put(ServeFlag.PROFILE, String.join(",", profiles));
        all.putAll(flags);
        ServeSettings settings = ServeSettings.read(all, Map.of("LATCHKEY_DEV", "true"));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        this.clock = new MutableClock(now);
        this.server = StandIn.start(settings, requireNonNull(settings.standIn()), clock, nowhere, () -> {})
                .server();
    }

    /** At a time of its own. */
    static ProfileService start(String... profiles) {
        return new ProfileService(Map.of(), Instant.parse("2026-03-01T12:00:00Z"), List.of(profiles));
    }

    /** At the time that other programs go by. */
    static ProfileService startNow(String... profiles) {
        return new ProfileService(Map.of(), Instant.now(), List.of(profiles));
    }

    static ProfileService start(Map<ServeFlag, String> flags, String... profiles) {
        return new ProfileService(flags, Instant.parse("2026-03-01T12:00:00Z"), List.of(profiles));
    }

    MutableClock clock() {
        return clock;
    }

    String issuer() {
        return server.issuer();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    /** A form posted with the credentials of a key. */
    HttpResponse<String> post(String path, String key, String form) {
        return post(path, key, SECRET, form);
    }

    HttpResponse<String> post(String path, String key, String secret, String form) {
        String basic = Base64.getEncoder().encodeToString((key + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(request(path)
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** A token of a key by the client credentials grant; {@code form} comes after the grant type. */
    String token(String path, String key, String form) {
        return Answers.accessToken(post(path, key, "grant_type=client_credentials" + form));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
