package dev.latchkey.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lines in the log that say who signed in, or failed to, from where. */
class SignInLogTest {
    private static final String WRONG = "a wrong password";

    @RegisterExtension
    private static final TestService service = TestService.fresh();

    @BeforeAll
    static void start() {
        // The first sign-in loads what the others need.
        ApiClient.owner(service);
    }

    @Test
    void aSignIn_isNamedWithItsAddress_underTheIdOfTheRequest() {
        assertThat(logged("Owner", TestService.OWNER_PASSWORD, 200)).contains("sign-in of owner from 127.0.0.1");
    }

    @Test
    void aFailure_isNamedWithItsAddressAndReason_andWithoutThePassword() {
        assertThat(logged("mallory", WRONG, 401))
                .contains("sign-in of mallory from 127.0.0.1", "the name or the password is wrong")
                .doesNotContain(WRONG);
    }

    @Test
    void aTextThatIsNoName_isLeftOut_itMayBeAPassword() {
        for (String name :
                List.of("a password in the wrong field", "x\nforged line", "n".repeat(1000), "\u202e\u0007")) {
            assertThat(logged(name, WRONG, 401))
                    .contains("sign-in of (no user name) from 127.0.0.1")
                    .doesNotContain(name);
        }
    }

    @Test
    void aNameThatNoUserHas_andThatIsLongEnoughForAPassword_isLeftOut() {
        String password = "correct-horse-9-battery";

        assertThat(logged(password, "owner", 401))
                .contains("sign-in of (no user's name, 23 characters) from 127.0.0.1")
                .doesNotContain(password);
        assertThat(ApiClient.owner(service)
                        .get("/api/audit?action=session.refuse")
                        .body())
                .contains("no user's name")
                .doesNotContain(password);
    }

    @Test
    void aThrottledTry_isNamedToo() {
        for (int i = 0; i < 10; i++) {
            ApiClient.signIn(service, "eve", WRONG);
        }

        assertThat(logged("eve", WRONG, 429)).contains("sign-in of eve from 127.0.0.1", "too many failures");
    }

    @Test
    void fieldsThatTheCallerMadeUp_areAnswered_butNotLogged() {
        PrintStream stderr = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        HttpResponse<String> answer;
        try {
            answer = ApiClient.anonymous(service)
                    .with("Sec-Fetch-Site", "same-origin")
                    .post("/api/session", "{\"username\":\"owner\",\"my-secret-field\":1}");
        } finally {
            System.setErr(stderr);
        }

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("my-secret-field");
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("password is required", "1 unknown field(s)")
                .doesNotContain("my-secret-field");
    }

    /** The line with the id of the answer. */
    private static String logged(String username, String password, int status) {
        PrintStream stderr = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        HttpResponse<String> answer;
        try {
            answer = ApiClient.signIn(service, username, password);
        } finally {
            System.setErr(stderr);
        }
        assertThat(answer.statusCode()).isEqualTo(status);
        String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        List<String> lines = said.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(id))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }
}
