package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.StubService;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
    private static final Map<String, String> SECRET = Map.of("LATCHKEY_KEY_SECRET", "s3cret:/+ü");
    private static final String ANSWER =
            "{\"access_token\":\"a.b.c\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"scope\":\"x\"}";

    @Test
    void token_isPrintedBare() {
        try (StubService service = StubService.answering(200, ANSWER)) {
            CliRun run = CliRun.with(SECRET, "", "token", "--key-id", "ack_1", "--url", service.url());
            assertThat(run).isEqualTo(new CliRun(0, "a.b.c\n", ""));
            assertThat(service.asked().method()).isEqualTo("POST");
            assertThat(service.asked().path()).isEqualTo("/connect/token");
            assertThat(service.asked().contentType()).isEqualTo("application/x-www-form-urlencoded");
            assertThat(service.asked().body()).isEqualTo("grant_type=client_credentials");
        }
    }

    @Test
    void idAndSecret_areFormUrlencodedBeforeBase64() {
        try (StubService service = StubService.answering(200, ANSWER)) {
            CliRun.with(SECRET, "", "token", "--key-id", "a:b c", "--url", service.url());
            String basic = service.asked().authorization();
            byte[] pair = Base64.getDecoder().decode(basic.substring("Basic ".length()));
            assertThat(new String(pair, StandardCharsets.US_ASCII)).isEqualTo("a%3Ab+c:s3cret%3A%2F%2B%C3%BC");
        }
    }

    @Test
    void parameters_areSentEncoded() {
        try (StubService service = StubService.answering(200, ANSWER)) {
            CliRun.with(
                    SECRET,
                    "",
                    "token",
                    "--key-id",
                    "k",
                    "--url",
                    service.url(),
                    "--scope",
                    "a b&c",
                    "--audience",
                    "https://x/?y",
                    "--resource",
                    "urn:1",
                    "--resource",
                    "urn:2");
            assertThat(service.asked().body())
                    .isEqualTo("grant_type=client_credentials&scope=a+b%26c&audience=https%3A%2F%2Fx%2F%3Fy"
                            + "&resource=urn%3A1&resource=urn%3A2");
        }
    }

    @Test
    void json_isTheWholeAnswer() {
        try (StubService service = StubService.answering(200, ANSWER)) {
            CliRun run = CliRun.with(SECRET, "", "token", "--key-id", "k", "--url", service.url(), "--json");
            assertThat(run.out().replaceAll("\\s", "")).isEqualTo(ANSWER);
            assertThat(run.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/connect/token", "/connect/token/", "/", ""})
    void url_ofServiceOrEndpoint_reachesTheEndpoint(String end) {
        try (StubService service = StubService.answering(200, ANSWER)) {
            CliRun run = CliRun.with(SECRET, "", "token", "--key-id", "k", "--url", service.url() + end);
            assertThat(run.code()).isZero();
            assertThat(service.asked().path()).isEqualTo("/connect/token");
        }
    }

    @Test
    void withoutUrl_thePortOfTheEnvironmentIsAsked() {
        try (StubService service = StubService.answering(200, ANSWER)) {
            Map<String, String> env = Map.of("LATCHKEY_KEY_SECRET", "s", "LATCHKEY_PORT", service.port());
            assertThat(CliRun.with(env, "", "token", "--key-id", "k").code()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"from stdin\n", "from stdin", "from stdin\r\nsecond line\n"})
    void secret_withoutVariable_isOneLineOfStdin(String in) {
        try (StubService service = StubService.answering(200, ANSWER)) {
            CliRun run = CliRun.with(
                    Map.of("LATCHKEY_KEY_SECRET", ""), in, "token", "--key-id", "k", "--url", service.url());
            assertThat(run).isEqualTo(new CliRun(0, "a.b.c\n", ""));
            String expected = Base64.getEncoder().encodeToString("k:from+stdin".getBytes(StandardCharsets.UTF_8));
            assertThat(service.asked().authorization()).isEqualTo("Basic " + expected);
        }
    }
}
