package dev.latchkey.dev;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.harness.Answers;
import dev.latchkey.server.LatchkeyServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real stand-in on a free port, and what tests ask of it. */
public final class TestStandIn implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ByteArrayOutputStream notices = new ByteArrayOutputStream();
    private final LatchkeyServer server;

    private TestStandIn(Map<ServeFlag, String> flags, Map<String, String> env, Clock clock) {
        Map<ServeFlag, String> all = new EnumMap<>(ServeFlag.class);
        all.put(ServeFlag.PORT, "0");
        all.putAll(flags);
        Map<String, String> environment = new HashMap<>(env);
        environment.put("LATCHKEY_DEV", "true");
        ServeSettings settings = ServeSettings.read(all, environment);
        server = StandIn.start(
                        settings,
                        requireNonNull(settings.standIn()),
                        clock,
                        new PrintStream(notices, true, StandardCharsets.UTF_8),
                        () -> {})
                .server();
    }

    /** With nothing said but {@code --dev}. */
    static TestStandIn start() {
        return start(Map.of());
    }

    static TestStandIn start(Map<ServeFlag, String> flags) {
        return start(flags, Map.of());
    }

    static TestStandIn start(Map<ServeFlag, String> flags, Map<String, String> env) {
        return new TestStandIn(flags, env, Clock.systemUTC());
    }

    /** One whose real time is this clock's. */
    public static TestStandIn start(Map<ServeFlag, String> flags, Clock clock) {
        return new TestStandIn(flags, Map.of(), clock);
    }

    String url() {
        return server.url();
    }

    int port() {
        return URI.create(url()).getPort();
    }

    public String issuer() {
        return server.issuer();
    }

    /** What was printed when it started. */
    String notices() {
        return notices.toString(StandardCharsets.UTF_8);
    }

    /** The answer to a client credentials request of the key {@code dev}; {@code form} comes after the grant type. */
    HttpResponse<String> token(String form) {
        return token("dev", "dev-secret", form);
    }

    HttpResponse<String> token(String id, String secret, String form) {
        return form("/connect/token", id, secret, "grant_type=client_credentials" + form);
    }

    /** The answer to a form that a key posts. */
    public HttpResponse<String> form(String path, String id, String secret, String form) {
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(request(path)
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** The claims of the token in an answer. */
    static Map<String, Object> claims(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String token = (String) Answers.json(answer).get("access_token");
        return Answers.json(
                new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** The answer to JSON that is sent by this method. */
    HttpResponse<String> json(String method, String path, String json) {
        return send(
                request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)));
    }

    /** The whole answer to a request with these lines of header and this body, on a connection of its own. */
    String raw(String line, List<String> headers, String body) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            String head = line + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nContent-Length: " + body.length()
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
