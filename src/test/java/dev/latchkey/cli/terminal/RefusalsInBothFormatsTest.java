package dev.latchkey.cli.terminal;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.data;
import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.LogFormat;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.docs.Page;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.Processes;
import dev.latchkey.harness.StderrCapture;
import dev.latchkey.harness.TestService;
import dev.latchkey.http.log.LineBudget;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.recipes.Recipes;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Each refusal says who asked, from where, and what was beyond: as text and as JSON, behind a proxy. */
class RefusalsInBothFormatsTest {
    private static final String PAGE = "operations.md";
    private static final String CLIENT = "203.0.113.9";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String GRANT = "grant_type=client_credentials";

    @RegisterExtension
    private static final TestService service =
            TestService.fresh(Map.of(ServeFlag.TRUSTED_PROXIES, "10.0.0.0/8,127.0.0.0/8,::1"));

    private static NewAccessKey key;
    private static String id;
    private static ApiClient owner;

    @BeforeAll
    static void start() {
        key = service.key("fx");
        id = key.key().id();
        owner = ApiClient.owner(service);
    }

    @AfterEach
    void writeText() {
        StderrLogging.writeAs(LogFormat.TEXT);
    }

    @Test
    void aWrongSignIn() throws Exception {
        Refusal refusal = refusal("sign_in.refused", () -> signIn("mallory", CLIENT));

        refusal.isIn("POST /api/session 401 " + CLIENT + " unauthorized: sign-in of mallory from " + CLIENT
                + " refused: the name or the password is wrong");
        refusal.has("outcome", "unauthorized");
        assertThat(data(owner.get("/api/audit?action=session.refuse")).get(0))
                .containsEntry("from", CLIENT)
                .containsEntry("subject", "mallory");
    }

    @Test
    void aGoodSignIn() throws Exception {
        Refusal told = refusal(
                "sign_in.done",
                () -> ApiClient.anonymous(service)
                        .with("Sec-Fetch-Site", "same-origin")
                        .with("X-Forwarded-For", CLIENT)
                        .with("traceparent", TRACEPARENT)
                        .post(
                                "/api/session",
                                ApiClient.object("username", "owner", "password", TestService.OWNER_PASSWORD)));

        told.isIn("POST /api/session 200 " + CLIENT + " signed_in: sign-in of owner from " + CLIENT);
        assertThat(data(owner.get("/api/audit?action=session.create")).get(0)).containsEntry("from", CLIENT);
    }

    @Test
    void anUnknownKey() throws Exception {
        Refusal refusal = refusal("client.refused", () -> token(basic("ack_unknown", "x"), GRANT));

        refusal.isIn("POST /connect/token 401 " + CLIENT + " invalid_client: no key has the id ack_unknown");
        refusal.has("key_id", "ack_unknown");
    }

    @Test
    void aScopeBeyond() throws Exception {
        Refusal refusal = refusal("token.refused", () -> token(credentials(), GRANT + "&scope=fx+vault"));

        refusal.isIn("POST /connect/token 400 " + CLIENT + " invalid_scope: the scope \"vault\" is beyond what the key"
                + " has: \"fx\" (key " + id + ")");
        refusal.has("key_id", id);
        refusal.has("outcome", "invalid_scope");
    }

    @Test
    void anAudienceBeyond() throws Exception {
        Refusal refusal = refusal("token.refused", () -> token(credentials(), GRANT + "&audience=urn:else"));

        refusal.isIn("400 " + CLIENT + " invalid_target: the resource or audience \"urn:else\" is not among \"http");
        refusal.has("key_id", id);
    }

    @Test
    void forwardAuthentication() throws Exception {
        String token = accessToken(service.token(key, ""));
        Refusal scope = refusal("verify.refused", () -> get("/connect/verify?scope=vault", token));
        Refusal audience = refusal("verify.refused", () -> get("/connect/verify?audience=urn:x", token));

        scope.isIn("GET /connect/verify 403 " + CLIENT + " insufficient_scope: token ");
        scope.isIn(" of " + id + " lacks the demanded scope \"vault\"; it has \"fx\"");
        scope.has("key_id", id);
        audience.isIn("GET /connect/verify 401 " + CLIENT + " invalid_token: token ");
        audience.isIn("not for the demanded audience \"urn:x\"");
        audience.has("key_id", id);
    }

    @Test
    void theManagementApi() throws Exception {
        String token = accessToken(service.token(key, ""));
        String developer = accessToken(service.token(service.key("latchkey:developer"), ""));
        owner.post(
                "/api/users", ApiClient.object("username", "dan", "password", "a long password", "role", "developer"));
        ApiClient dan = ApiClient.signedIn(service, "dan", "a long password").with("X-Forwarded-For", CLIENT);

        Refusal noScope = refusal("api.refused", () -> get("/api/keys", token));
        noScope.isIn("GET /api/keys 403 " + CLIENT + " forbidden: token ");
        noScope.isIn("has the scope \"fx\", its key \"fx\"");
        noScope.has("key_id", id);
        refusal("api.refused", () -> get("/api/audit", developer))
                .isIn("This takes the role admin; yours is developer. (key ack_");
        refusal("api.refused", () -> dan.with("traceparent", TRACEPARENT).get("/api/users"))
                .isIn("This takes the role admin; yours is developer. (user dan)");
    }

    @Test
    void anAddressThatAPeerMadeUp_countsForNothing() throws Exception {
        try (TestService open = service.again(Map.of(ServeFlag.TRUSTED_PROXIES, "10.0.0.0/8"))) {
            String said = StderrCapture.of(() -> ApiClient.anonymous(open)
                    .with("X-Forwarded-For", CLIENT)
                    .with("Sec-Fetch-Site", "same-origin")
                    .post("/api/session", ApiClient.object("username", "eve", "password", "wrong")));

            assertThat(said).contains("sign-in of eve from 127.0.0.1").doesNotContain(CLIENT);
        }
    }

    @Test
    void failuresOfOneClient_doNotThrottleAnother_behindTheSameProxy_norFillTheAuditLog() {
        for (int i = 0; i < 10; i++) {
            assertThat(signIn("trent", "198.51.100.1").statusCode()).isEqualTo(401);
        }

        assertThat(signIn("trent", "198.51.100.1").statusCode()).isEqualTo(429);
        assertThat(signIn("trent", "198.51.100.2").statusCode()).isEqualTo(401);
        assertThat(data(owner.get("/api/audit?action=session.refuse&subject=trent")))
                .as("what is refused unseen is in the log alone")
                .hasSize(11);
    }

    @Test
    void malformedRequests_haveALineOrAreCounted() throws Exception {
        int sent = 5 * LineBudget.LINES;
        List<String> lines;
        try (TestService own = service.again()) {
            lines = StderrCapture.of(() -> {
                        for (int i = 0; i < sent; i += 2) {
                            own.post("/connect/token", key, "a=%");
                            own.get("/connect//verify");
                        }
                        own.stop();
                    })
                    .lines()
                    .toList();
        }
        long written = lines.stream()
                .filter(line -> line.contains(" 400 127.0.0.1 invalid_request: "))
                .count();
        Pattern count = Pattern.compile("INFO (\\d+) malformed requests within a second have no line");
        long counted = lines.stream()
                .map(count::matcher)
                .filter(Matcher::find)
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();

        assertThat(written + counted).isEqualTo(sent);
    }

    /** What the page shortens by … may be anything, and so may the time. */
    @Test
    void theLineOnThePage_isARealOne() throws Exception {
        String[] shown = Page.blocks(PAGE, "Logs").get(0).split("\n", 2);

        Refusal refusal = refusal("token.refused", () -> token(credentials(), GRANT + "&scope=vault"));

        assertThat(refusal.text().strip()).matches(like(shown[0]));
        assertThat(refusal.json().toString()).matches(like(shown[1].replace("\n ", "")));
    }

    private static String like(String shown) {
        return Stream.of(shown.strip()
                        .replace("2026-03-01T12:00:00.000Z", "…")
                        .replace("\"ms\":1", "\"ms\":…")
                        .split("…", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
    }

    @Test
    void fail2ban_takesTheJail(@TempDir Path folder) throws Exception {
        Path client = Recipes.find("fail2ban-client").orElse(null);
        Path own = Path.of("/etc/fail2ban");
        Assumptions.assumeTrue(client != null && Files.exists(own.resolve("jail.conf")), "fail2ban is installed");
        List<String> blocks = Page.blocks(PAGE, "Sign-ins that fail, and fail2ban");
        try (Stream<Path> files = Files.list(own)) {
            for (Path file : files.filter(each -> each.toString().matches(".*(\\.conf|action\\.d)"))
                    .toList()) {
                Files.createSymbolicLink(folder.resolve(file.getFileName()), file);
            }
        }
        Files.writeString(Files.createDirectory(folder.resolve("filter.d")).resolve("latchkey.conf"), blocks.get(0));
        Path log = Files.createFile(folder.resolve("latchkey.log"));
        Files.writeString(folder.resolve("jail.local"), blocks.get(1).replace("/var/log/latchkey.log", log.toString()));

        Processes.Outcome outcome =
                Processes.run(folder, Map.of(), List.of(String.valueOf(client), "-c", folder.toString(), "-t"));

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    @Test
    void fail2ban_findsTheClientInTheRealLines(@TempDir Path folder) throws Exception {
        Path regex = Recipes.find("fail2ban-regex").orElse(null);
        Assumptions.assumeTrue(regex != null, "fail2ban is not installed");
        List<String> filters = Page.blocks(PAGE, "Sign-ins that fail, and fail2ban");
        Path log = folder.resolve("latchkey.log");
        List<String> lines = new ArrayList<>();
        for (LogFormat format : LogFormat.values()) {
            StderrLogging.writeAs(format);
            lines.addAll(StderrCapture.of(() -> {
                        signIn("mallory", "198.51.100.7");
                        signIn("remote 192.0.2.66", "2001:db8::7");
                        token(basic("ack_unknown", "x"), GRANT);
                        token(credentials(), GRANT + "&scope=%22remote%22:%22192.0.2.66%22");
                    })
                    .lines()
                    .toList());
        }
        Files.write(log, lines);

        assertThat(banned(regex, log, filters.get(0), folder))
                .containsExactly("198.51.100.7", "2001:db8::7", "198.51.100.7", "2001:db8::7");
        assertThat(banned(regex, log, filters.get(2), folder)).containsExactly(CLIENT, CLIENT);
    }

    private static List<String> banned(Path regex, Path log, String filter, Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("latchkey.conf"), filter);
        Process process = new ProcessBuilder(regex.toString(), "-o", "ip", log.toString(), file.toString()).start();
        List<String> found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return found;
    }

    private static HttpResponse<String> signIn(String name, String from) {
        return ApiClient.anonymous(service)
                .with("Sec-Fetch-Site", "same-origin")
                .with("X-Forwarded-For", "192.0.2.66, " + from + ", 10.1.1.1")
                .with("traceparent", TRACEPARENT)
                .post("/api/session", ApiClient.object("username", name, "password", "wrong password"));
    }

    private static String credentials() {
        return basic(id, key.secret().reveal());
    }

    private static HttpResponse<String> token(String authorization, String form) {
        return ApiClient.anonymous(service)
                .with("Authorization", authorization)
                .with("X-Forwarded-For", CLIENT)
                .with("X-Request-Id", "7c9e5f6a")
                .with("traceparent", TRACEPARENT)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .post("/connect/token", form);
    }

    private static HttpResponse<String> get(String path, String token) {
        return ApiClient.withToken(service, token)
                .with("X-Forwarded-For", CLIENT)
                .with("traceparent", TRACEPARENT)
                .get(path);
    }

    /** The same request twice: its line as text, and as JSON. */
    private static Refusal refusal(String event, Supplier<HttpResponse<String>> request) throws Exception {
        String text =
                StderrCapture.of(() -> assertThat(request.get().statusCode()).isPositive());
        StderrLogging.writeAs(LogFormat.JSON);
        String json =
                StderrCapture.of(() -> assertThat(request.get().statusCode()).isPositive());
        StderrLogging.writeAs(LogFormat.TEXT);
        assertThat(text.lines()).hasSize(1);
        assertThat(json.lines()).hasSize(1);
        JsonNode fields = JsonBinding.stored(json.strip());
        assertThat(fields.get("event").textValue()).isEqualTo(event);
        assertThat(fields.get("remote").textValue()).isEqualTo(CLIENT);
        assertThat(fields.get("trace_id").textValue()).isEqualTo(TRACE);
        assertThat(text.strip()).endsWith(" trace_id=" + TRACE);
        return new Refusal(text, fields);
    }

    private record Refusal(String text, JsonNode json) {
        void isIn(String expected) {
            assertThat(text).contains(expected);
            String line = json.get("method").textValue() + " "
                    + json.get("route").textValue() + " "
                    + json.get("status").intValue() + " " + json.get("remote").textValue() + " "
                    + json.get("message").textValue();
            assertThat(line).contains(expected);
            assertThat(json.get("message").textValue())
                    .isEqualTo(json.get("outcome").textValue() + ": "
                            + json.get("reason").textValue());
        }

        void has(String field, String value) {
            assertThat(json.get(field).textValue()).isEqualTo(value);
        }
    }
}
