package dev.latchkey.http;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.claims;
import static dev.latchkey.harness.Answers.header;
import static dev.latchkey.harness.Answers.json;
import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import dev.latchkey.harness.Trees;
import dev.latchkey.scope.ScopeSet;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /connect/token} as clients see it, by status. */
class TokenEndpointTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String GRANT = "grant_type=client_credentials";

    @RegisterExtension
    private static final TestService service = TestService.fresh();

    private static NewAccessKey key;

    @BeforeAll
    static void start() {
        key = service.key("fx", "gateway", "vault");
    }

    @Nested
    class Ok {
        @Test
        void answer_isWhatRfc6749Says() {
            HttpResponse<String> answer = service.token(key, "");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("Pragma")).contains("no-cache");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(json(answer)).containsOnlyKeys("access_token", "token_type", "expires_in", "scope");
            assertThat(json(answer))
                    .containsEntry("token_type", "Bearer")
                    .containsEntry("expires_in", 3600L)
                    .containsEntry("scope", "fx gateway vault");
        }

        @Test
        void token_isWhatRfc9068Says() {
            String token = accessToken(service.token(key, ""));
            long now = service.clock().instant().getEpochSecond();
            String id = key.key().id();

            assertThat(header(token)).containsEntry("alg", "RS256").containsEntry("typ", "at+jwt");
            assertThat(header(token)).containsOnlyKeys("alg", "typ", "kid");
            Map<String, Object> claims = new LinkedHashMap<>(claims(token));
            assertThat((String) claims.remove("jti")).hasSizeGreaterThan(20);
            assertThat(claims)
                    .isEqualTo(Map.of(
                            "iss",
                            service.issuer(),
                            "sub",
                            id,
                            "client_id",
                            id,
                            "aud",
                            List.of(service.issuer()),
                            "iat",
                            now,
                            "exp",
                            now + 3600,
                            "scope",
                            "fx gateway vault"));
        }

        @ParameterizedTest
        @CsvSource({
            "vault+fx,          fx vault",
            "fx,                fx",
            "fx+fx+fx,          fx",
            "'',                fx gateway vault",
            "vault+gateway+fx,  fx gateway vault"
        })
        void scope_isASubsetInTheOrderOfTheKey(String asked, String granted) {
            HttpResponse<String> answer = service.token(key, "&scope=" + asked);

            assertThat(json(answer)).containsEntry("scope", granted);
            assertThat(claims(accessToken(answer))).containsEntry("scope", granted);
        }

        @Test
        void credentials_inTheBody_areAccepted() {
            HttpResponse<String> answer = post(null, GRANT + bodyCredentials());

            assertThat(answer.statusCode()).isEqualTo(200);
        }

        @Test
        void clientId_ofTheSameKey_mayStandBesideBasic() {
            assertThat(service.token(key, "&client_id=" + key.key().id()).statusCode())
                    .isEqualTo(200);
        }

        @Test
        void schemeAndContentType_inAnyCase_withParameters() {
            String authorization = authorization().replace("Basic", "bASIC");
            HttpResponse<String> answer = service.send(service.request("/connect/token")
                    .header("Authorization", authorization)
                    .header("Content-Type", "Application/X-WWW-Form-Urlencoded; charset=UTF-8")
                    .POST(BodyPublishers.ofString(GRANT)));

            assertThat(answer.statusCode()).isEqualTo(200);
        }

        @Test
        void unknownParameters_areIgnored() {
            assertThat(service.token(key, "&foo=bar").statusCode()).isEqualTo(200);
        }

        @Test
        void settingsOfTheKey_shapeItsTokens() {
            Instant expires = service.clock().instant().plusSeconds(100);
            NewAccessKey shaped = service.key(new AccessKeySettings(
                    "shaped",
                    "",
                    new ScopeSet(List.of("fx")),
                    true,
                    Duration.ofMinutes(5),
                    List.of("https://a.example", "https://b.example"),
                    null,
                    CustomClaims.of(Trees.object(Map.of("tenant", Map.of("id", 7L)))),
                    expires));

            Map<String, Object> claims = claims(accessToken(service.token(shaped, "")));

            assertThat(claims)
                    .containsEntry("aud", List.of("https://a.example", "https://b.example"))
                    .containsEntry("tenant", Map.of("id", 7L))
                    .containsEntry("exp", expires.getEpochSecond());
            assertThat(json(service.token(shaped, ""))).containsEntry("expires_in", 100L);
            assertThat(claims(accessToken(service.token(shaped, "&audience=https://b.example"))))
                    .containsEntry("aud", List.of("https://b.example"));
            assertThat(claims(accessToken(
                            service.token(shaped, "&resource=https://b.example&resource=https://a.example"))))
                    .containsEntry("aud", List.of("https://b.example", "https://a.example"));
        }

        @Test
        void resources_matchAsUrisDo_andTheTokenHasTheFormOfTheKey() {
            NewAccessKey several = service.key(new AccessKeySettings(
                    "several",
                    "",
                    new ScopeSet(List.of("fx")),
                    true,
                    null,
                    List.of("https://A.example", "https://b.example/", "urn:c"),
                    null,
                    CustomClaims.NONE,
                    null));

            assertThat(claims(accessToken(service.token(
                            several,
                            "&resource=https://a.example/&resource=HTTPS://B.EXAMPLE"
                                    + "&resource=https://b.example/"))))
                    .containsEntry("aud", List.of("https://A.example", "https://b.example/"));
            assertThat(claims(accessToken(service.token(several, "&audience=https://b.example"))))
                    .containsEntry("aud", List.of("https://b.example/"));
            for (String other : List.of("urn:C", "https://a.example/x", "http://a.example", "https://a.example:443")) {
                assertError(service.token(several, "&resource=urn:c&resource=" + other), 400, "invalid_target");
            }
        }

        @Test
        void aKeyOfTheManagementApi_alwaysHasTheIssuerAsAudience() {
            NewAccessKey owner = service.key(new AccessKeySettings(
                    "owner",
                    "",
                    new ScopeSet(List.of("latchkey:owner")),
                    true,
                    null,
                    List.of("https://a.example"),
                    null,
                    CustomClaims.NONE,
                    null));

            assertThat(claims(accessToken(service.token(owner, ""))))
                    .containsEntry("aud", List.of("https://a.example", service.issuer()));
        }
    }

    @Nested
    class BadRequest {
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
            assertError(post(authorization(), form), 400, "invalid_request");
        }

        @ParameterizedTest
        @ValueSource(strings = {"password", "authorization_code", "CLIENT_CREDENTIALS", "client_credentials+"})
        void otherGrantTypes_areUnsupported(String grantType) {
            assertError(post(authorization(), "grant_type=" + grantType), 400, "unsupported_grant_type");
        }

        @ParameterizedTest
        @ValueSource(strings = {"other", "fx+other", "fx++gateway", "+fx", "fx%09gateway", "fx%22", "%C3%A9", "FX"})
        void scopes_beyondTheKeyOrMalformed_areInvalidScope(String scope) {
            assertError(post(authorization(), GRANT + "&scope=" + scope), 400, "invalid_scope");
        }

        @ParameterizedTest
        @ValueSource(strings = {"resource=https://other.example", "audience=other"})
        void targets_thatTheKeyDoesNotHave_areInvalidTarget(String target) {
            assertError(post(authorization(), GRANT + "&" + target), 400, "invalid_target");
        }

        @Test
        void checks_haveTheirOrder() {
            String badTarget = "&resource=https://other.example";
            assertError(post(authorization(), GRANT + "&scope=other" + badTarget), 400, "invalid_scope");
            assertError(
                    post(authorization(), "grant_type=other&scope=other" + badTarget), 400, "unsupported_grant_type");
            assertError(post("Basic !!!", GRANT + "&x=1&x=2"), 400, "invalid_request");
            assertError(post("Basic !!!", GRANT + "&client_secret=x&client_id=y"), 401, "invalid_client");
            HttpResponse<String> type = service.send(service.request("/connect/token")
                    .header("Authorization", "Basic !!!")
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString("x=%zz")));
            assertError(type, 415, "invalid_request");
        }

        @Test
        void theClient_isCheckedBeforeTheGrantAndTheScope() {
            assertError(post(basic(key.key().id(), "wrong"), "grant_type=other&scope=other"), 401, "invalid_client");
        }
    }

    @Nested
    class Unauthorized {
        static Stream<String> badHeaders() {
            return Stream.of(
                    basic("ack_aaaaaaaaaaaaaaaaaaaaaaaaaa", "x"),
                    basic(key.key().id(), "wrong"),
                    basic(key.key().id(), ""),
                    basic("", key.secret().reveal()),
                    basic(key.key().id(), key.secret().reveal() + "%00"),
                    basic(key.key().id(), "%zz"),
                    "Basic",
                    "Basic !!!",
                    "Basic " + "A".repeat(9_000),
                    "Bearer " + key.secret().reveal(),
                    "Digest x");
        }

        @ParameterizedTest
        @MethodSource("badHeaders")
        void whateverIsWrongInTheHeader_hasOneAnswer(String header) {
            assertOneRefusal(post(header, GRANT));
        }

        @Test
        void noCredentials_haveTheSameAnswer() {
            assertOneRefusal(post(null, GRANT));
            assertOneRefusal(post(null, GRANT + "&client_id=" + key.key().id()));
            assertOneRefusal(post(null, GRANT + bodyCredentials() + "x"));
        }

        @Test
        void credentialsInTheQuery_areNotRead() {
            HttpResponse<String> answer = service.send(service.request("/connect/token?" + GRANT + bodyCredentials())
                    .header("Content-Type", FORM)
                    .POST(BodyPublishers.ofString(GRANT)));

            assertOneRefusal(answer);
        }

        @Test
        void twoAuthorizationHeaders_areRefused() {
            assertOneRefusal(service.send(service.request("/connect/token")
                    .header("Authorization", authorization())
                    .header("Authorization", authorization())
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
                    .isEqualTo("{\"error\":\"invalid_client\",\"error_description\":"
                            + "\"Client authentication failed.\"}");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"latchkey\"");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Nested
    class OtherRefusals {
        @ParameterizedTest
        @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "FOO"})
        void otherMethods_are405WithAllow(String method) {
            HttpResponse<String> answer =
                    service.send(service.request("/connect/token").method(method, HttpRequest.BodyPublishers.noBody()));

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("POST");
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x", "x", ";"})
        void otherContentTypes_are415(String contentType) {
            HttpResponse<String> answer = service.send(service.request("/connect/token")
                    .header("Authorization", authorization())
                    .header("Content-Type", contentType)
                    .POST(BodyPublishers.ofString(GRANT)));

            assertError(answer, 415, "invalid_request");
        }

        @Test
        void bodies_upTo16KiB_areRead_andLargerOnesAre413() {
            String padding = "&x=" + "y".repeat(16 * 1024 - GRANT.length() - 3);

            assertThat(post(authorization(), GRANT + padding).statusCode()).isEqualTo(200);
            assertError(post(authorization(), GRANT + padding + "y"), 413, "invalid_request");
        }

        @Test
        void chunkedBodies_areReadAndBoundedToo() {
            assertThat(chunked(GRANT).statusCode()).isEqualTo(200);
            assertError(chunked(GRANT + "&x=" + "y".repeat(20_000)), 413, "invalid_request");
        }

        @Test
        void unknownPaths_are404() {
            assertThat(service.get("/connect/nothing").statusCode()).isEqualTo(404);
            assertThat(service.get("/connect/token/").statusCode()).isEqualTo(404);
            assertThat(service.get("/nothing").headers().firstValue("Content-Type"))
                    .contains("application/problem+json");
        }

        @ParameterizedTest
        @CsvSource({
            "/oauth/token,           /connect/token",
            "/oauth2/token,          /connect/token",
            "/token,                 /connect/token",
            "/connect/token/,        /connect/token",
            "/oauth2/introspect,     /connect/introspect",
            "/oauth/revoke,          /connect/revocation",
            "/oauth2/certs,          /.well-known/jwks.json"
        })
        void pathsOfOtherServices_nameOurs(String path, String ours) {
            HttpResponse<String> answer = service.send(
                    service.request(path).header("Content-Type", FORM).POST(BodyPublishers.ofString(GRANT)));

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains(ours);
        }

        private HttpResponse<String> chunked(String form) {
            byte[] bytes = form.getBytes(StandardCharsets.UTF_8);
            return service.send(service.request("/connect/token")
                    .header("Authorization", authorization())
                    .header("Content-Type", FORM)
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));
        }
    }

    @Nested
    class RequestIds {
        @Test
        void anAcceptableId_isKept() {
            HttpResponse<String> answer = service.send(service.request("/connect/token")
                    .header("X-Request-Id", "abc.DEF_123-4")
                    .GET());

            assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("abc.DEF_123-4");
        }

        @ParameterizedTest
        @ValueSource(strings = {"short", "has space in it", "semi;colon;semi"})
        void anyOther_isReplaced(String given) {
            HttpResponse<String> answer = service.send(service.request("/health/live")
                    .header("X-Request-Id", given)
                    .GET());

            assertThat(answer.headers().allValues("X-Request-Id")).hasSize(1).doesNotContain(given);
            assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow())
                    .matches("[A-Za-z0-9._-]{8,64}");
        }
    }

    private static String authorization() {
        return basic(key.key().id(), key.secret().reveal());
    }

    private static String bodyCredentials() {
        return "&client_id=" + key.key().id() + "&client_secret=" + key.secret().reveal();
    }

    private static HttpResponse<String> post(@Nullable String authorization, String form) {
        HttpRequest.Builder request = service.request("/connect/token").header("Content-Type", FORM);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return service.send(request.POST(BodyPublishers.ofString(form)));
    }

    private static void assertError(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(json(answer)).containsOnlyKeys("error", "error_description").containsEntry("error", error);
    }
}
