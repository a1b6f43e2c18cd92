package dev.latchkey.dev.profile;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.http.server.FrontHandler;
import dev.latchkey.server.LatchkeyServer;
import dev.latchkey.server.ServiceExtension;
import dev.latchkey.server.ServiceParts;
import dev.latchkey.server.TestServers;
import dev.latchkey.testing.Answers;
import dev.latchkey.testing.MutableClock;
import dev.latchkey.token.SignedClaims;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A real service on a free port with profiles and these keys. */
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
    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final LatchkeyServer server;

    private record Extension(Profiles profiles) implements ServiceExtension {
        @Override
        public Predicate<String> issuers(String issuer) {
            return profiles.issuers(issuer);
        }

        @Override
        public Optional<Function<byte[], SignedClaims>> claimsReader(String issuer) {
            return Optional.of(profiles.claimsReader(issuer));
        }

        @Override
        public List<FrontHandler> front(ServiceParts parts) {
            return List.of(profiles.handler(parts));
        }
    }

    private ProfileService(Path folder, Map<ServeFlag, String> flags, List<String> profiles) {
        Map<ServeFlag, String> all = new EnumMap<>(ServeFlag.class);
        all.put(ServeFlag.PORT, "0");
        all.put(ServeFlag.DB, folder.resolve(String.join("-", profiles) + ".db").toString());
        all.put(ServeFlag.SEED, SEED);
        all.putAll(flags);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        this.server = TestServers.start(
                ServeSettings.read(all, Map.of()), clock, nowhere, new Extension(Profiles.of(profiles)));
    }

    static ProfileService start(Path folder, String... profiles) {
        return start(folder, Map.of(), profiles);
    }

    static ProfileService start(Path folder, Map<ServeFlag, String> flags, String... profiles) {
        return new ProfileService(folder, flags, List.of(profiles));
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
