package dev.latchkey.harness;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.server.LatchkeyServer;
import dev.latchkey.server.Services;
import dev.latchkey.server.TestServers;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real service on a free port with a store of its own, and what tests ask of it.
 *
 * <p>Registered by {@code @RegisterExtension} it starts and stops with the tests:
 *
 * <pre>{@code
 * @RegisterExtension
 * private static final TestService service = TestService.fresh();
 * }</pre>
 *
 * <p>A test that stops a service itself, or needs several, calls {@link #start} and closes it.
 */
public final class TestService implements ServiceExtension {
    /** The first Owner's password. */
    public static final String OWNER_PASSWORD = "correct horse battery";

    private static final Actor OWNER = Actor.operator("test");

    /** Uses are written down when the service stops, so that nothing is written that a test does not ask for. */
    private static final Duration NEVER = Duration.ofDays(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final MutableClock clock;
    private final Map<ServeFlag, String> flags;
    private final Duration flushEvery;
    private String db;
    private int uses;
    private boolean running;
    private Optional<ScratchFolder> folder = Optional.empty();
    private Optional<LatchkeyServer> server = Optional.empty();
    private Optional<Services> services = Optional.empty();

    /** An empty {@code db} is a new store in a folder of its own. */
    private TestService(String db, MutableClock clock, Map<ServeFlag, String> flags, Duration flushEvery) {
        this.db = db;
        this.clock = clock;
        this.flags = flags;
        this.flushEvery = flushEvery;
    }

    /** One that is not started yet, on a new store, at a time of its own: for {@code @RegisterExtension}. */
    public static TestService fresh() {
        return fresh(Map.of());
    }

    /** One as above, with these settings. */
    public static TestService fresh(Map<ServeFlag, String> flags) {
        return fresh(flags, NEVER);
    }

    /** One as above that writes down after {@code flushEvery} which keys were used. */
    public static TestService fresh(Map<ServeFlag, String> flags, Duration flushEvery) {
        return new TestService("", startOfTime(), flags, flushEvery);
    }

    /**
     * The one running service of this Java process, for tests that change no setting, clock or account and ask for keys of
     * their own.
     */
    public static TestService shared() {
        return Shared.SERVICE;
    }

    /** A service with a new store in this folder, at a time of its own. */
    public static TestService start(Path folder) {
        return start(folder, Map.of());
    }

    public static TestService start(Path folder, Map<ServeFlag, String> flags) {
        return start(folder, flags, NEVER);
    }

    /** A service that writes down after {@code flushEvery} which keys were used. */
    public static TestService start(Path folder, Map<ServeFlag, String> flags, Duration flushEvery) {
        return new TestService(folder.resolve("test.db").toString(), startOfTime(), flags, flushEvery).started();
    }

    /** A service on the store that a URL names. */
    public static TestService startOn(String url) {
        return startOn(url, Map.of());
    }

    public static TestService startOn(String url, Map<ServeFlag, String> flags) {
        return new TestService(url, startOfTime(), flags, NEVER).started();
    }

    private static MutableClock startOfTime() {
        return new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    }

    private TestService started() {
        begin();
        return this;
    }

    @Override
    public void begin() {
        uses++;
        if (uses > 1) {
            return;
        }
        if (db.isEmpty()) {
            ScratchFolder own = ScratchFolder.create();
            folder = Optional.of(own);
            db = own.path().resolve("test.db").toString();
        }
        run();
    }

    private void run() {
        Map<ServeFlag, String> all = new EnumMap<>(ServeFlag.class);
        all.put(ServeFlag.PORT, "0");
        all.put(ServeFlag.DB, db);
        all.putAll(flags);
        ServeSettings settings = ServeSettings.read(all, Map.of(ServeSettings.OWNER_PASSWORD_VARIABLE, OWNER_PASSWORD));
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        server = Optional.of(TestServers.start(settings, clock, nowhere, flushEvery));
        services = Optional.of(TestServers.services(db, clock));
        running = true;
    }

    /** Stops it and starts it again, on the same store and clock, at another port. */
    public void restart() {
        stop();
        run();
    }

    @Override
    public void end() {
        uses--;
        if (uses == 0) {
            close();
        }
    }

    /** Another service on the same store and clock, as after a restart or beside it. */
    public TestService again() {
        return again(Map.of());
    }

    /** Another one as above, set otherwise. */
    public TestService again(Map<ServeFlag, String> flags) {
        return new TestService(db, clock, flags, NEVER).started();
    }

    /** Does at once what the service does every two seconds: looks what others have changed. */
    public void keepUp() {
        TestServers.keepUp(server.orElseThrow());
    }

    public MutableClock clock() {
        return clock;
    }

    public Path db() {
        return Path.of(db);
    }

    public String issuer() {
        return server.orElseThrow().issuer();
    }

    public String url() {
        return server.orElseThrow().url();
    }

    /** Where its metrics are read. */
    public String metricsUrl() {
        return server.orElseThrow().metricsUrl().orElseThrow();
    }

    public int port() {
        return URI.create(url()).getPort();
    }

    public Services services() {
        return services.orElseThrow();
    }

    /** A new key with these scopes, which are added to the catalogue. */
    public NewAccessKey key(String... scopes) {
        return key(AccessKeySettings.named("test key", new ScopeSet(List.of(scopes))));
    }

    public NewAccessKey key(AccessKeySettings settings) {
        return services().accessKeys().create(OWNER, settings, true);
    }

    /** The answer to a token request with Basic credentials; {@code form} comes after the grant type. */
    public HttpResponse<String> token(NewAccessKey key, String form) {
        return token(basic(key.key().id(), key.secret().reveal()), "grant_type=client_credentials" + form);
    }

    /** The answer to a token request with this Authorization header and body. */
    public HttpResponse<String> token(String authorization, String form) {
        return send(request("/connect/token")
                .header("Authorization", authorization)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** The answer to a form posted with Basic credentials. */
    public HttpResponse<String> post(String path, NewAccessKey key, String form) {
        return send(request(path)
                .header("Authorization", basic(key.key().id(), key.secret().reveal()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** What forward authentication says about a Bearer token; {@code query} comes after the path. */
    public HttpResponse<String> verify(String token, String query) {
        return send(request("/connect/verify" + query)
                .header("Authorization", "Bearer " + token)
                .GET());
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path));
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    /** The answer as it came, compressed or not. */
    public HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> as) {
        try {
            return client.send(request.build(), as);
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public static String basic(String id, String secret) {
        byte[] pair = (id + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public void close() {
        stop();
        folder.ifPresent(ScratchFolder::close);
        folder = Optional.empty();
    }

    /** Stops it as a break does: its store stays until the tests are over, and it still says at which URL it was. */
    public void stop() {
        if (running) {
            running = false;
            services.ifPresent(Services::close);
            server.ifPresent(LatchkeyServer::close);
        }
    }

    /** Started when it is first asked for; it ends with the process. */
    private static final class Shared {
        private static final TestService SERVICE = fresh().started();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVICE::close));
        }
    }
}
