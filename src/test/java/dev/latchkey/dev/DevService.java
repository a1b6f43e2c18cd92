package dev.latchkey.dev;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.config.ServeSettings;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.server.LatchkeyServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A stand-in on a free port, with an hour of its own as real time, and what tests ask of it. */
public final class DevService implements AutoCloseable {
    static final String OWNER_PASSWORD = "correct horse battery";
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    final MutableClock realTime = new MutableClock(START);
    private final HttpClient client = HttpClient.newHttpClient();
    private final LatchkeyServer server;

    DevService(Map<ServeFlag, String> flags) {
        Map<ServeFlag, String> all = new EnumMap<>(ServeFlag.class);
        all.put(ServeFlag.PORT, "0");
        all.putAll(flags);
        ServeSettings settings = ServeSettings.read(
                all, Map.of("LATCHKEY_DEV", "true", ServeSettings.OWNER_PASSWORD_VARIABLE, OWNER_PASSWORD));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        server = StandIn.start(settings, requireNonNull(settings.standIn()), realTime, nowhere, () -> {})
                .server();
    }

    /** One with a key {@code orders} for the scopes {@code fx} and {@code vault}. */
    public static DevService withOrders() {
        return new DevService(Map.of(
                ServeFlag.SEED,
                "{\"scopes\":[{\"name\":\"fx\"},{\"name\":\"vault\"}],\"keys\":[{\"id\":\"orders\",\"name\":\"orders\","
                        + "\"secret\":\"a secret of thirty-two characters\",\"scopes\":[\"fx\",\"vault\"]}]}"));
    }

    public static final String ORDERS_SECRET = "a secret of thirty-two characters";

    URI uri(String path) {
        return URI.create(server.url().replace("localhost", "127.0.0.1") + path);
    }

    public int port() {
        return uri("/").getPort();
    }

    /** What comes back when these bytes are sent, until the connection ends. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    public HttpResponse<String> call(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (json.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json));
        }
        return send(request.build());
    }

    /** Posts a form as a client that sends its id and secret as the RFC says. */
    public HttpResponse<String> form(String path, String id, String secret, Map<String, String> parameters)
            throws IOException, InterruptedException {
        return send(formRequest(path, id, secret, parameters));
    }

    HttpRequest formRequest(String path, String id, String secret, Map<String, String> parameters) {
        String form = parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", basic(encoded(id) + ":" + encoded(secret)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    public HttpResponse<String> devToken(Map<String, String> parameters) throws IOException, InterruptedException {
        Map<String, String> all = new java.util.HashMap<>(Map.of("grant_type", "client_credentials"));
        all.putAll(parameters);
        return form("/connect/token", "dev", "dev-secret", all);
    }

    /** A token of the key dev with a scope. */
    String token(String scope) throws IOException, InterruptedException {
        return json(devToken(Map.of("scope", scope))).path("access_token").asText();
    }

    /** Whether introspection calls a token active. */
    boolean isActive(String token) throws IOException, InterruptedException {
        return json(form("/connect/introspect", "dev", "dev-secret", Map.of("token", token)))
                .path("active")
                .asBoolean();
    }

    public static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    public static JsonNode json(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body());
    }

    /** The claims of a token. */
    static JsonNode claims(String token) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
