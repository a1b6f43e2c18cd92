package dev.latchkey.http;

import static dev.latchkey.harness.Answers.header;
import static dev.latchkey.harness.Answers.json;
import static dev.latchkey.harness.TestService.basic;
import static dev.latchkey.http.TokenRequests.FORM;
import static dev.latchkey.http.TokenRequests.GRANT;
import static dev.latchkey.http.TokenRequests.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import dev.latchkey.scope.ScopeSet;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request for a token is refused for, in the order of the checks, and with which error of RFC 6749 §5.2. */
class TokenRefusalsTest {
    @RegisterExtension
    private static final TestService service = TestService.fresh();

    private static TokenRequests requests;

    @BeforeAll
    static void makeKey() {
        requests = new TokenRequests(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "grant_type=",
                "scope=fx",
                GRANT + "&" + GRANT,
                GRANT + "&scope=fx&scope=gateway",
                GRANT + "&x=%zz",
                GRANT + "&x=%ff",
                GRANT + "&client_id=ack_another",
                GRANT + "&client_secret=x",
                GRANT + "&client_assertion=x",
                GRANT + "&resource=http://x&audience=http://x",
                GRANT + "&foo=1&foo=2"
            })
    void malformedRequests_areInvalidRequest(String form) {
        assertError(requests.post(requests.authorization(), form), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "authorization_code", "CLIENT_CREDENTIALS", "client_credentials+"})
    void otherGrantTypes_areUnsupported(String grantType) {
        assertError(requests.post(requests.authorization(), "grant_type=" + grantType), 400, "unsupported_grant_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "fx+other", "fx++gateway", "+fx", "fx%09gateway", "fx%22", "%C3%A9", "FX"})
    void scopes_beyondTheKeyOrMalformed_areInvalidScope(String scope) {
        assertError(requests.post(requests.authorization(), GRANT + "&scope=" + scope), 400, "invalid_scope");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resource=https://other.example", "audience=other"})
    void targets_thatTheKeyDoesNotHave_areInvalidTarget(String target) {
        assertError(requests.post(requests.authorization(), GRANT + "&" + target), 400, "invalid_target");
    }

    @Test
    void checks_haveTheirOrder() {
        String badTarget = "&resource=https://other.example";
        assertError(requests.post(requests.authorization(), GRANT + "&scope=other" + badTarget), 400, "invalid_scope");
        assertError(
                requests.post(requests.authorization(), "grant_type=other&scope=other" + badTarget),
                400,
                "unsupported_grant_type");
        assertError(requests.post("Basic !!!", GRANT + "&x=1&x=2"), 400, "invalid_request");
        assertError(requests.post("Basic !!!", GRANT + "&client_secret=x&client_id=y"), 401, "invalid_client");
        HttpResponse<String> type = service.send(service.request("/connect/token")
                .header("Authorization", "Basic !!!")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("x=%zz")));
        assertError(type, 415, "invalid_request");
    }

    @Test
    void theClient_isCheckedBeforeTheGrantAndTheScope() {
        assertError(
                requests.post(basic(requests.key().key().id(), "wrong"), "grant_type=other&scope=other"),
                401,
                "invalid_client");
    }

    static Stream<String> badHeaders() {
        return Stream.of(
                basic("ack_aaaaaaaaaaaaaaaaaaaaaaaaaa", "x"),
                basic(requests.key().key().id(), "wrong"),
                basic(requests.key().key().id(), ""),
                basic("", requests.key().secret().reveal()),
                basic(requests.key().key().id(), requests.key().secret().reveal() + "%00"),
                basic(requests.key().key().id(), "%zz"),
                "Basic",
                "Basic !!!",
                "Basic " + "A".repeat(9_000),
                "Bearer " + requests.key().secret().reveal(),
                "Digest x");
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void whateverIsWrongInTheHeader_hasOneAnswer(String header) {
        assertOneRefusal(requests.post(header, GRANT));
    }

    @Test
    void noCredentials_haveTheSameAnswer() {
        assertOneRefusal(requests.post(null, GRANT));
        assertOneRefusal(
                requests.post(null, GRANT + "&client_id=" + requests.key().key().id()));
        assertOneRefusal(requests.post(null, GRANT + requests.bodyCredentials() + "x"));
    }

    @Test
    void credentialsInTheQuery_areNotRead() {
        HttpResponse<String> answer =
                service.send(service.request("/connect/token?" + GRANT + requests.bodyCredentials())
                        .header("Content-Type", FORM)
                        .POST(BodyPublishers.ofString(GRANT)));

        assertOneRefusal(answer);
    }

    @Test
    void twoAuthorizationHeaders_areRefused() {
        assertOneRefusal(service.send(service.request("/connect/token")
                .header("Authorization", requests.authorization())
                .header("Authorization", requests.authorization())
                .header("Content-Type", FORM)
                .POST(BodyPublishers.ofString(GRANT))));
    }

    @Test
    void disabledAndExpiredKeys_haveTheSameAnswer() {
        NewAccessKey disabled = service.key(new AccessKeySettings(
                "off", "", new ScopeSet(List.of("fx")), false, null, List.of(), null, CustomClaims.NONE, null));
        Instant end = service.clock().instant().plusSeconds(10);
        NewAccessKey ending = service.key(new AccessKeySettings(
                "ending", "", new ScopeSet(List.of("fx")), true, null, List.of(), null, CustomClaims.NONE, end));

        assertOneRefusal(service.token(disabled, ""));
        assertThat(service.token(ending, "").statusCode()).isEqualTo(200);
        service.clock().advance(Duration.ofSeconds(9));
        assertThat(json(service.token(ending, ""))).containsEntry("expires_in", 1L);
        service.clock().advance(Duration.ofSeconds(1));
        assertOneRefusal(service.token(ending, ""));
    }

    private void assertOneRefusal(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"error\":\"invalid_client\",\"error_description\":" + "\"Client authentication failed.\"}");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"latchkey\"");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }
}
