package dev.latchkey.http;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import dev.latchkey.scope.ScopeSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /connect/verify} as proxies see it, by status. */
class ForwardAuthTest {
    private static final String REALM = "Bearer realm=\"latchkey\"";

    private static final TestService service = TestService.shared();

    private static NewAccessKey key;
    private static String token;

    @BeforeAll
    static void start() {
        key = service.key(new AccessKeySettings(
                "key",
                "",
                new ScopeSet(List.of("fx", "vault", "a:b")),
                true,
                null,
                List.of("https://a.example", "urn:b"),
                null,
                CustomClaims.NONE,
                null));
        token = accessToken(service.token(key, ""));
    }

    @Nested
    class Ok {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "/",
                    "/any/path?x=%ff&x=1&x=2&y",
                    "?scope=fx",
                    "?scope=vault+fx",
                    "?scope=fx%20vault",
                    "?scope=a:b&audience=urn:b",
                    "?audience=https://a.example",
                    "?audience=https://a.example/",
                    "?audience=HTTPS://A.example",
                    "?audience=https%3A%2F%2Fa.example&other=1",
                    "/below?scope=fx",
                    "//a//b",
                    "/a%2Fb/%25/%E2%82%AC;c=d"
                })
        void aGoodToken_passes_withWhoItIs(String query) {
            HttpResponse<String> answer = service.verify(token, query);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("X-Latchkey-Client-Id"))
                    .contains(key.key().id());
            assertThat(answer.headers().firstValue("X-Latchkey-Subject"))
                    .contains(key.key().id());
            assertThat(answer.headers().firstValue("X-Latchkey-Scope")).contains("fx vault a:b");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "FOO", "get"
                })
        void everyMethod_isAlike(String method) {
            for (String path : List.of("/connect/verify", "/connect/verify/a/b")) {
                HttpResponse<String> answer = service.send(service.request(path)
                        .header("Authorization", "Bearer " + token)
                        .method(method, BodyPublishers.noBody()));
                assertThat(answer.statusCode()).as(method).isEqualTo(200);
                assertThat(answer.headers().firstValue("X-Latchkey-Client-Id")).isPresent();

                HttpResponse<String> refusal =
                        service.send(service.request(path).method(method, BodyPublishers.noBody()));
                assertThat(refusal.statusCode()).as(method).isEqualTo(401);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR   "})
        void theScheme_isInAnyCase(String scheme) {
            HttpResponse<String> answer = service.send(service.request("/connect/verify")
                    .header("Authorization", scheme + token)
                    .GET());

            assertThat(answer.statusCode()).isEqualTo(200);
        }

        @Test
        void aBody_isIgnored_whateverItsSizeAndType() {
            HttpResponse<String> answer = service.send(service.request("/connect/verify")
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("access_token=x&scope=other&".repeat(100_000))));

            assertThat(answer.statusCode()).isEqualTo(200);
        }

        /** A proxy passes on the Content-Length of the request it asks about, and not its body. */
        @Test
        void aBody_thatIsAnnouncedAndNotSent_isNotWaitedFor() throws IOException {
            String answer = raw("POST /connect/verify HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                    + "\r\nContent-Length: 1000\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 200 ");
        }

        @Test
        void belowThePathOnly() {
            for (String path : List.of(
                    "/connect/verifyx",
                    "/connect",
                    "/connect/verif",
                    "/x/connect/verify",
                    "/connect/verify/../token")) {
                assertThat(service.send(service.request(path)
                                        .header("Authorization", "Bearer " + token)
                                        .GET())
                                .statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    @Nested
    class Unauthorized {
        @Test
        void noCredentials_haveNoErrorCode() {
            assertChallenge(service.get("/connect/verify"), 401, REALM);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic eDp5", "Bearerx", "Negotiate abc", "BearerToken abc", "Digest x"})
        void otherSchemes_haveNoErrorCode(String header) {
            assertChallenge(withHeader(header, ""), 401, REALM);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer", "Bearer x", "Bearer a.b.c", "Bearer a b", "Bearer =", "Bearer \"x\""})
        void otherTokens_areInvalid(String header) {
            assertChallenge(withHeader(header, ""), 401, REALM + ", error=\"invalid_token\"");
        }

        @Test
        void aSecret_isNoToken() {
            assertChallenge(service.verify(key.secret().reveal(), ""), 401, REALM + ", error=\"invalid_token\"");
        }

        @Test
        void aTokenElsewhere_isNotRead() {
            assertChallenge(service.get("/connect/verify?access_token=" + token), 401, REALM);
            assertChallenge(
                    service.send(service.request("/connect/verify")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("access_token=" + token))),
                    401,
                    REALM);
            assertChallenge(
                    service.send(service.request("/connect/verify")
                            .header("Proxy-Authorization", "Bearer " + token)
                            .header("Cookie", "access_token=" + token)
                            .GET()),
                    401,
                    REALM);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "?audience=https://other.example",
                    "?audience=https://a.example/x",
                    "?audience=http://a.example",
                    "?audience=URN:b",
                    "/below?audience=x&scope=nowhere"
                })
        void anotherAudience_isAnInvalidToken(String query) {
            assertChallenge(service.verify(token, query), 401, REALM + ", error=\"invalid_token\"");
        }
    }

    @Nested
    class Forbidden {
        @ParameterizedTest
        @ValueSource(strings = {"nowhere", "fx nowhere", "FX", "f", "latchkey:owner"})
        void aMissingScope_isNamed(String scope) {
            assertChallenge(
                    service.verify(token, "?scope=" + scope.replace(' ', '+')),
                    403,
                    REALM + ", error=\"insufficient_scope\", scope=\"" + scope + "\"");
        }

        @Test
        void aBadToken_isNotAskedForScopes() {
            assertChallenge(service.verify("x", "?scope=nowhere"), 401, REALM + ", error=\"invalid_token\"");
        }
    }

    @Nested
    class BadRequest {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "?scope=",
                    "?scope",
                    "?scope=+",
                    "?scope=fx++vault",
                    "?scope=fx+",
                    "?scope=%00",
                    "?scope=%22",
                    "?scope=fx%0d%0aX-Evil:1",
                    "?scope=fx&scope=fx",
                    "?scope=fx&%73cope=vault",
                    "?audience=",
                    "?audience",
                    "?audience=a%20b",
                    "?audience=urn:b&audience=urn:b",
                    "?audience=%ff"
                })
        void malformedDemands_areRefused_neverIgnored(String query) {
            HttpResponse<String> answer = service.verify(token, query);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer)).containsEntry("error", "invalid_request");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("X-Latchkey-Client-Id")).isEmpty();
        }

        @Test
        void aBrokenEscape_inADemand_isRefused_andElsewherePassedOver() throws IOException {
            String authorization = " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n";

            assertThat(raw("GET /connect/verify?scope=%zz" + authorization)).startsWith("HTTP/1.1 400 ");
            assertThat(raw("GET /connect/verify?x=%zz" + authorization)).startsWith("HTTP/1.1 200 ");
        }

        @Test
        void severalAuthorizationHeaders_areRefused() {
            HttpResponse<String> answer = service.send(service.request("/connect/verify")
                    .header("Authorization", "Bearer " + token)
                    .header("Authorization", "Bearer " + token)
                    .GET());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer)).containsEntry("error", "invalid_request");
        }
    }

    private static HttpResponse<String> withHeader(String authorization, String query) {
        return service.send(service.request("/connect/verify" + query)
                .header("Authorization", authorization)
                .GET());
    }

    private static void assertChallenge(HttpResponse<String> answer, int status, String challenge) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("X-Latchkey-Client-Id")).isEmpty();
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                assertThat(next).as(answer.toString()).isNotNegative();
                answer.append((char) next);
            }
            return answer.toString();
        }
    }
}
