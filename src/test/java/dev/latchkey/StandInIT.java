package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.Answers;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar as a container starts it: everything said by the environment, which has nothing else. */
class StandInIT {
    private static final String JAR = System.getProperty("latchkey.jar", "target/latchkey.jar");
    private static final Pattern READY = Pattern.compile("is ready on \\S+:(\\d+) \\(issuer (\\S+)\\), (store \\S+),");
    private static final String SEED = "{\"scopes\":[{\"name\":\"fx\"}],\"keys\":[{\"id\":\"orders\",\"secret\":\"s\","
            + "\"name\":\"orders\",\"scopes\":[\"fx\"]}],\"personas\":[{\"sub\":\"alice\",\"claims\":{\"role\":\"boss\"}}]}";

    @TempDir
    static Path folder;

    private static Process process;
    private static int port;
    private static String issuer;
    private static String store;

    @BeforeAll
    static void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "LATCHKEY_DEV", "true",
                        "LATCHKEY_HOST", "0.0.0.0",
                        "LATCHKEY_PORT", "0",
                        "LATCHKEY_SEED", SEED));
        process = builder.directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        BufferedReader out = process.inputReader();
        Matcher ready = READY.matcher(String.valueOf(out.readLine()));
        assertThat(ready.find()).as(Files.readString(folder.resolve("err"))).isTrue();
        port = Integer.parseInt(ready.group(1));
        issuer = ready.group(2);
        store = ready.group(3);
    }

    @AfterAll
    static void stop() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Path.of(JAR).toAbsolutePath().toString()));
        command.addAll(Arrays.asList(words));
        return command;
    }

    /** The whole answer to a request from a container that calls this one by a name of its own. */
    private static String ask(String line, String host, String credentials, String body, String... headers) {
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>(List.of(line + " HTTP/1.1", "Host: " + host, "Connection: close"));
        if (!credentials.isEmpty()) {
            lines.add("Authorization: Basic " + basic);
        }
        if (!body.isEmpty()) {
            lines.add("Content-Type: application/x-www-form-urlencoded");
            lines.add("Content-Length: " + body.length());
        }
        lines.addAll(List.of(headers));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = String.join("\r\n", lines) + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String path(Map<String, Object> metadata, String member) {
        return URI.create((String) metadata.get(member)).getPath();
    }

    private static Map<String, Object> json(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 200");
        return Answers.json(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    @Test
    void theEnvironmentAlone_startsIt_andNothingIsLeftOnDisk() throws IOException {
        assertThat(issuer).isEqualTo("http://localhost:" + port);
        assertThat(store).isEqualTo("store :memory:");
        assertThat(Files.readString(folder.resolve("err"))).contains("curl -u dev:dev-secret", "owner", "dev-password");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("err"));
        }
    }

    @Test
    void aNeighbour_discoversAndUsesIt_byTheNameItKnows() {
        String host = "latchkey:8080";
        Map<String, Object> metadata = json(ask("GET /.well-known/openid-configuration", host, "", ""));
        assertThat(metadata)
                .containsEntry("issuer", issuer)
                .containsEntry("token_endpoint", "http://latchkey:8080/connect/token");

        String line = "POST " + path(metadata, "token_endpoint");
        String grant = "grant_type=client_credentials";
        Map<String, Object> own = json(ask(line, host, "dev:dev-secret", grant + "&scope=anything"));
        assertThat(own).containsEntry("scope", "anything");
        assertThat(json(ask(line, host, "orders:s", grant))).containsEntry("scope", "fx");
        assertThat(json(ask(
                        "POST " + path(metadata, "introspection_endpoint"),
                        host,
                        "dev:dev-secret",
                        "token=" + own.get("access_token"))))
                .containsEntry("active", true);
        assertThat(ask(line, host, "orders:wrong", grant))
                .startsWith("HTTP/1.1 401")
                .contains("X-Latchkey-Reason: ");
    }

    @Test
    void aWebPage_reachesNeitherDevNorApi() {
        for (String line : List.of("GET /dev/clock", "GET /dev/requests", "GET /api/keys")) {
            assertThat(ask(line, "rebind.example:" + port, "", "")).startsWith("HTTP/1.1 403");
            assertThat(ask(line, "localhost:" + port, "", "", "Origin: https://evil.example"))
                    .startsWith("HTTP/1.1 403");
        }
        assertThat(ask("GET /dev/clock", "latchkey:8080", "", "")).startsWith("HTTP/1.1 200");
        assertThat(ask("GET /api/keys", "latchkey:8080", "", "")).startsWith("HTTP/1.1 401");
    }

    @Test
    void whatIsForTheStandInAlone_isWrongUsageWithoutIt() throws Exception {
        for (String[] words : new String[][] {
            {"serve", "--profile", "keycloak"},
            {"serve", "--dev-hosts", "a"},
            {"serve", "--dev", "--profile", "okta"},
            {"serve", "--dev", "--profile", "duende,checkout"},
            {"serve", "--token-lifetime", "1s"}
        }) {
            Process refused = new ProcessBuilder(command(words))
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(refused.waitFor()).as(String.join(" ", words)).isEqualTo(2);
        }
    }
}
