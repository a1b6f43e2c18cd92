package dev.latchkey.dev.profile;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.dev.TestStandIn;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.MutableClock;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
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

    private final MutableClock clock;
    private final TestStandIn standIn;

    private ProfileService(Map<ServeFlag, String> flags, Instant now, List<String> profiles) {
        Map<ServeFlag, String> all = new EnumMap<>(ServeFlag.class);
        all.put(ServeFlag.SEED, SEED);
        all.put(ServeFlag.PROFILE, String.join(",", profiles));
        all.putAll(flags);
        this.clock = new MutableClock(now);
        this.standIn = TestStandIn.start(all, clock);
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
        return standIn.issuer();
    }

    HttpRequest.Builder request(String path) {
        return standIn.request(path);
    }

    HttpResponse<String> get(String path) {
        return standIn.get(path);
    }

    /** A form posted with the credentials of a key. */
    HttpResponse<String> post(String path, String key, String form) {
        return post(path, key, SECRET, form);
    }

    HttpResponse<String> post(String path, String key, String secret, String form) {
        return standIn.form(path, key, secret, form);
    }

    /** A token of a key by the client credentials grant; {@code form} comes after the grant type. */
    String token(String path, String key, String form) {
        return Answers.accessToken(post(path, key, "grant_type=client_credentials" + form));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return standIn.send(request);
    }

    @Override
    public void close() {
        standIn.close();
    }
}
