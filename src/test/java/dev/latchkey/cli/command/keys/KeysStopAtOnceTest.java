package dev.latchkey.cli.command.keys;

import static dev.latchkey.harness.Answers.accessToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.cli.CliRun;
import dev.latchkey.cli.CliStore;
import dev.latchkey.harness.TestService;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed holds for the very next request to a service that runs on the same file. */
class KeysStopAtOnceTest {
    @RegisterExtension
    private static final TestService service = TestService.fresh();

    private static CliStore store;

    @BeforeAll
    static void start() {
        store = new CliStore(service.db());
    }

    @ParameterizedTest
    @CsvSource({
        "keys disable ID, 401",
        "keys edit ID --disabled, 401",
        "keys edit ID --expires-in 0s, 401",
        "keys edit ID --expires-at 2020-01-01T00:00:00Z, 401",
        "keys delete ID --yes, 401",
        // A token that was issued before belongs to the key, not to the secret.
        "keys rotate ID --grace 0, 200"
    })
    void nextRequest_isRefused_asAreTokensOfAKeyThatIsOff(String command, int verified) {
        NewAccessKey key = service.key("fx");
        String token = accessToken(service.token(key, ""));
        assertThat(service.verify(token, "").statusCode()).isEqualTo(200);

        type(command, key);

        assertRefused(service.token(key, ""));
        assertThat(service.verify(token, "").statusCode()).isEqualTo(verified);
    }

    @Test
    void expiry_refusesTheRequestOfThatVerySecond() {
        NewAccessKey key = service.key("fx");
        type("keys edit ID --expires-in 60s", key);

        service.clock().advance(Duration.ofSeconds(59));
        String token = accessToken(service.token(key, ""));
        service.clock().advance(Duration.ofSeconds(1));

        assertRefused(service.token(key, ""));
        assertThat(service.verify(token, "").statusCode()).isEqualTo(401);
    }

    @Test
    void graceOfARotation_endsInThatVerySecond() {
        NewAccessKey key = service.key("fx");
        type("keys rotate ID --grace 60s", key);

        service.clock().advance(Duration.ofSeconds(59));
        accessToken(service.token(key, ""));
        service.clock().advance(Duration.ofSeconds(1));

        assertRefused(service.token(key, ""));
    }

    private static void type(String command, NewAccessKey key) {
        String[] words = command.replace("ID", key.key().id()).split(" ", -1);
        CliRun run = store.at(service.clock().instant(), words);
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_client");
    }
}
