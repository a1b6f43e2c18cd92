package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.dev.DevService;
import dev.latchkey.harness.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code dev …}: the endpoints of a running stand-in from the shell. */
class DevCommandsTest {
    private static DevService service;

    @BeforeAll
    static void start() {
        service = DevService.withOrders();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void reset() {
        run("reset");
    }

    private static CliRun run(String... words) {
        List<String> all = new ArrayList<>(List.of("dev"));
        all.addAll(List.of(words));
        all.addAll(List.of("--url", "http://127.0.0.1:" + service.port()));
        return CliRun.of(all.toArray(String[]::new));
    }

    @Test
    void token_isPrintedAlone_orWhole() throws Exception {
        CliRun plain = run(
                "token", "--sub", "alice", "--scope", "fx", "--claims", "{\"tenant\":\"acme\"}", "--break", "expired");
        assertThat(plain.code()).as(plain.err()).isZero();
        assertThat(Answers.claims(plain.out().strip()))
                .containsEntry("sub", "alice")
                .containsEntry("tenant", "acme");

        CliRun whole = run("token", "--aud", "a", "--aud", "b", "--omit", "jti", "--json");
        assertThat(Answers.json(whole.out())).containsKeys("access_token", "header", "claims");
        assertThat(((Map<?, ?>) Answers.json(whole.out()).get("claims")).get("aud"))
                .isEqualTo(List.of("a", "b"));
    }

    @Test
    void clock_isMoved_andShown() {
        assertThat(run("clock", "--advance", "61m", "--freeze").out()).contains("2026-03-01T13:01:00Z  frozen");
        assertThat(run("clock", "--skew", "-90s").out()).contains("skew in tokens -90s");
        assertThat(run("clock", "--real").out()).contains("2026-03-01T12:00:00Z  runs");
    }

    @Test
    void faults_areQueued_listed_andCleared() {
        assertThat(run("faults", "--on", "jwks", "--status", "503", "--times", "always")
                        .code())
                .isZero();
        assertThat(run("faults").out())
                .contains("on jwks")
                .contains("times always")
                .contains("status 503");
        assertThat(run("faults", "--clear").code()).isZero();
        assertThat(run("faults").out()).contains("No fault is left");
    }

    @Test
    void requests_areListed() throws Exception {
        service.form("/connect/token", "orders", "nope", Map.of("grant_type", "client_credentials"));

        assertThat(run("requests", "--on", "token", "--at-least", "1", "--wait", "5s")
                        .out())
                .contains("401")
                .contains("orders")
                .contains("The secret is not one of this key's.");
    }

    @Test
    void signingKeys_areDrilled() {
        assertThat(run("signing-keys", "rotate").out()).contains("signs");
        assertThat(run("signing-keys", "dance").code()).isEqualTo(2);
    }

    @Test
    void wrongValue_isWrongUsage_andNamesTheOption() {
        CliRun wrong = run("clock", "--advance", "soon");

        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("--advance must be a duration");
    }
}
