package dev.latchkey.http;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.claims;
import static dev.latchkey.harness.Answers.header;
import static dev.latchkey.harness.Answers.json;
import static dev.latchkey.http.TokenRequests.GRANT;
import static dev.latchkey.http.TokenRequests.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import dev.latchkey.harness.Trees;
import dev.latchkey.scope.ScopeSet;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /connect/token} as clients see it: what a good request gets. */
class TokenEndpointTest {
    @RegisterExtension
    private static final TestService service = TestService.shared();

    private static TokenRequests requests;

    @BeforeAll
    static void makeKey() {
        requests = new TokenRequests(service);
    }

    @Test
    void answer_isWhatRfc6749Says() {
        HttpResponse<String> answer = service.token(requests.key(), "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Pragma")).contains("no-cache");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(json(answer)).containsOnlyKeys("access_token", "token_type", "expires_in", "scope");
        assertThat(json(answer))
                .containsEntry("token_type", "Bearer")
                .containsEntry("expires_in", 3600L)
                .containsEntry("scope", "fx gateway vault");
    }

    @Test
    void token_isWhatRfc9068Says() {
        String token = accessToken(service.token(requests.key(), ""));
        long now = service.clock().instant().getEpochSecond();
        String id = requests.key().key().id();

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
        HttpResponse<String> answer = service.token(requests.key(), "&scope=" + asked);

        assertThat(json(answer)).containsEntry("scope", granted);
        assertThat(claims(accessToken(answer))).containsEntry("scope", granted);
    }

    @Test
    void credentials_inTheBody_areAccepted() {
        HttpResponse<String> answer = requests.post(null, GRANT + requests.bodyCredentials());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void clientId_ofTheSameKey_mayStandBesideBasic() {
        assertThat(service.token(
                                requests.key(),
                                "&client_id=" + requests.key().key().id())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void schemeAndContentType_inAnyCase_withParameters() {
        String authorization = requests.authorization().replace("Basic", "bASIC");
        HttpResponse<String> answer = service.send(service.request("/connect/token")
                .header("Authorization", authorization)
                .header("Content-Type", "Application/X-WWW-Form-Urlencoded; charset=UTF-8")
                .POST(BodyPublishers.ofString(GRANT)));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void unknownParameters_areIgnored() {
        assertThat(service.token(requests.key(), "&foo=bar").statusCode()).isEqualTo(200);
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
        assertThat(claims(accessToken(service.token(shaped, "&resource=https://b.example&resource=https://a.example"))))
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
                        "&resource=https://a.example/&resource=HTTPS://B.EXAMPLE" + "&resource=https://b.example/"))))
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
