package dev.latchkey.http;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code /connect/introspect} and {@code /connect/revocation} refuse, each as the token endpoint does. */
class TokenCareEndpointsTest {
    private static final String INTROSPECT = "/connect/introspect";
    private static final String REVOKE = "/connect/revocation";

    private static final TestService service = TestService.shared();

    private static NewAccessKey key;
    private static String token;

    @BeforeAll
    static void start() {
        key = service.key("fx");
        token = accessToken(service.token(key, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {INTROSPECT, REVOKE})
    void clients_thatAreNot_are401(String path) {
        for (String authorization : new String[] {
            basic(key.key().id(), "wrong"), basic("ack_unknown", key.secret().reveal()), "Bearer " + token, "Basic !"
        }) {
            HttpResponse<String> answer = service.send(service.request(path)
                    .header("Authorization", authorization)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("token=" + token)));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(json(answer)).containsEntry("error", "invalid_client");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"latchkey\"");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        }
        HttpResponse<String> anonymous = service.send(service.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token)));
        assertThat(anonymous.statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {INTROSPECT, REVOKE})
    void credentials_inTheBody_areAccepted(String path) {
        HttpResponse<String> answer = service.send(service.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=x&client_id=" + key.key().id() + "&client_secret="
                        + key.secret().reveal())));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "token=",
                "token_type_hint=access_token",
                "token=x&token=x",
                "token=%zz",
                "client_secret=x&token=x"
            })
    void malformedRequests_areInvalidRequest(String form) {
        for (String path : new String[] {INTROSPECT, REVOKE}) {
            HttpResponse<String> answer = service.post(path, key, form);

            assertThat(answer.statusCode()).as(form).isEqualTo(400);
            assertThat(json(answer)).containsEntry("error", "invalid_request");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "refresh_token", "nonsense", ""})
    void hints_areIgnored(String hint) {
        HttpResponse<String> answer =
                service.post(INTROSPECT, key, "token=" + token + "&token_type_hint=" + hint + "&foo=bar");

        assertThat(json(answer)).containsEntry("active", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS"})
    void otherMethods_are405(String method) {
        for (String path : new String[] {INTROSPECT, REVOKE}) {
            HttpResponse<String> answer =
                    service.send(service.request(path + "?token=" + token).method(method, BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("POST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {INTROSPECT, REVOKE})
    void jsonBodies_are415_andLargeOnes413(String path) {
        HttpResponse<String> asJson = service.send(service.request(path)
                .header("Authorization", basic(key.key().id(), key.secret().reveal()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"token\":\"x\"}")));

        assertThat(asJson.statusCode()).isEqualTo(415);
        assertThat(service.post(path, key, "token=" + "x".repeat(17_000)).statusCode())
                .isEqualTo(413);
    }
}
