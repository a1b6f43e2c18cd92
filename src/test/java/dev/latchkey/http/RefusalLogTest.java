package dev.latchkey.http;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.ScopeSet;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one line in the log that tells an operator why a request was refused, which the answer does not. */
class RefusalLogTest {
    private static final Actor OWNER = Actor.operator("test");
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String GRANT = "grant_type=client_credentials";

    @RegisterExtension
    private static final TestService service = TestService.fresh();

    private static NewAccessKey key;
    private static String id;
    private static String secret;

    @BeforeAll
    static void start() {
        key = service.key("fx", "gateway");
        id = key.key().id();
        secret = key.secret().reveal();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grant_type=client_credentials&scope=fx+vault+x%0Ay | the scope \"fx vault x?y\" is malformed",
                "grant_type=client_credentials&scope=vault+fx+admin | \"vault\", \"admin\" is beyond what the key has: \"fx\", \"gateway\"",
                "grant_type=client_credentials&resource=https://else.example | \"https://else.example\" is not among \"http",
                "grant_type=client_credentials&audience=else%00 | not well-formed",
                "grant_type=client_credentials&audience=x&resource=y | either resource or audience",
                "grant_type=pass%0Dword | the grant_type \"pass?word\" is not supported",
                "scope=fx | grant_type is missing",
                "grant_type=client_credentials&client_id=ack_other | client_id is \"ack_other\", the id in the Authorization header \"ID\"",
                "grant_type=client_credentials&client_secret=x | an Authorization header and a client_secret",
                "grant_type=client_credentials&client_assertion=x | an Authorization header and an assertion",
                "grant_type=client_credentials&f%0Ao=1&f%0Ao=2 | the parameter \"f?o\" is repeated",
            })
    void aTokenRequest_thatIsWrong(String form, String reason) {
        assertThat(line(() -> service.token(basic(id, secret), form))).contains(reason.replace("ID", id));
    }

    @Test
    void refusedAfterAuthentication_namesTheKey() {
        for (String form : List.of(GRANT + "&scope=vault", GRANT + "&resource=x", "grant_type=password", "")) {
            assertThat(line(() -> service.token(basic(id, secret), form))).contains("(key " + id + ")");
        }
    }

    @Test
    void aClient_thatIsNotAuthenticated() {
        NewAccessKey disabled = service.key("fx");
        service.services().accessKeys().setEnabled(OWNER, disabled.key().id(), false);
        NewAccessKey ended = service.key(new AccessKeySettings(
                "ended",
                "",
                new ScopeSet(List.of("fx")),
                true,
                null,
                List.of(),
                null,
                CustomClaims.NONE,
                service.clock().instant()));
        NewAccessKey rotated = service.key("fx");
        service.services().accessKeys().rotate(OWNER, rotated.key().id(), Duration.ofSeconds(1));
        service.clock().advance(Duration.ofSeconds(1));

        assertThat(line(() -> service.token(basic("ack_unknown", secret), GRANT)))
                .contains("no key has the id ack_unknown");
        for (String impossible : List.of("-", "\u65e5", "a b")) {
            assertThat(line(() -> service.token(basic(impossible, secret), GRANT)))
                    .contains("no key has the id")
                    .doesNotContain("wrong secret");
        }
        assertThat(line(() -> service.token(basic(secret, id), GRANT))).contains("not shown");
        assertThat(line(() -> service.token(basic(id, "wrong"), GRANT))).contains("wrong secret for key " + id);
        assertThat(line(() -> service.token(disabled, "")))
                .contains("key " + disabled.key().id() + " is disabled");
        assertThat(line(() -> service.token(ended, "")))
                .contains("key " + ended.key().id() + " has expired");
        assertThat(line(() -> service.token(rotated, "")))
                .contains("secret …" + rotated.secret().hint() + " of key "
                        + rotated.key().id() + " has expired");
        assertThat(line(() -> service.token("Digest x", GRANT))).contains("scheme \"Digest\", not Basic");
        assertThat(line(() -> service.token("Basic !", GRANT))).contains("is not Basic with an id, a colon");
        assertThat(line(() -> post(null, FORM, GRANT))).contains("no client credentials");
        assertThat(line(() -> post(null, FORM, GRANT + "&client_id=" + id))).contains("without a client_secret");
        assertThat(line(() -> post(null, FORM, GRANT + "&client_assertion=x")))
                .contains("client_assertion_type is missing");
        assertThat(line(() -> post(null, FORM, GRANT + "&client_assertion=x&client_assertion_type=y")))
                .contains("client_assertion_type is \"y\" instead of urn:");
        String unsigned = encoded("{\"typ\":\"JWT\"}") + "." + encoded("{\"iss\":\"x\",\"sub\":\"x\"}") + ".AA";
        assertThat(line(() -> post(
                        null,
                        FORM,
                        GRANT + "&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
                                + "&client_assertion=" + unsigned)))
                .contains("its header names no alg; RS256, PS256 or ES256 is wanted");
        assertThat(line(() -> post(basic(id, secret), "text/pl\u00A0ain", GRANT)))
                .contains("It has \"text/pl");
    }

    @Test
    void forwardAuthentication() {
        String token = accessToken(service.token(key, ""));

        assertThat(line(() -> service.verify(token, "?scope=fx+vault")))
                .contains(": token ", "of " + id, "lacks the demanded scope \"vault\"", "it has \"fx\", \"gateway\"");
        assertThat(line(() -> service.verify(token, "?audience=urn:x")))
                .contains("of " + id, "is for \"" + service.issuer() + "\"", "the demanded audience \"urn:x\"");
        assertThat(line(() -> service.verify(token, "?scope="))).contains("demanded scope is empty, malformed");
        assertThat(line(() -> service.verify("a.b.c", ""))).contains("base64url");
        assertThat(line(() -> service.get("/connect/verify"))).contains("no Authorization header");
        assertThat(line(() -> service.send(service.request("/connect/verify")
                        .header("Authorization", basic(id, secret))
                        .GET())))
                .contains("scheme \"Basic\", not Bearer");
    }

    @Test
    void tokens_thatDoNotCount() {
        NewAccessKey other = service.key("fx");
        String token = accessToken(service.token(other, ""));
        String named = " of " + other.key().id();

        assertThat(line(() -> service.post("/connect/revocation", key, "token=" + token)))
                .contains("nothing_revoked", named, ", not of " + id);
        assertThat(line(() -> service.post("/connect/revocation", key, "token=x")))
                .contains("has not three parts");
        assertThat(line(() -> service.post("/connect/revocation", key, ""))).contains("token is missing", id);
        assertThat(line(() -> service.post("/connect/introspect", key, ""))).contains("token is missing", id);
        String revoked = accessToken(service.token(other, ""));
        service.post("/connect/revocation", other, "token=" + revoked);
        assertDead(revoked, "was revoked");
        service.services().accessKeys().setEnabled(OWNER, other.key().id(), false);
        assertDead(token, "is of a disabled key");
        service.services().accessKeys().delete(OWNER, other.key().id(), null);
        assertDead(token, "is of a key that is not there");
        service.clock().advance(Duration.ofHours(1));
        assertDead(token, "expired at 20");
    }

    private static void assertDead(String token, String why) {
        assertThat(line(() -> service.post("/connect/introspect", key, "token=" + token)))
                .contains("inactive: token ", why);
        assertThat(line(() -> service.verify(token, ""))).contains(" 401 127.0.0.1 invalid_token: token ", why);
        assertThat(line(() -> service.send(service.request("/api/keys")
                        .header("Authorization", "Bearer " + token)
                        .GET())))
                .contains("401", why);
    }

    private static HttpResponse<String> post(@Nullable String authorization, String contentType, String form) {
        HttpRequest.Builder request = service.request("/connect/token").header("Content-Type", contentType);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return service.send(request.POST(BodyPublishers.ofString(form)));
    }

    /** The line under the request's id, the only one; no secret is in it. */
    private static String line(Supplier<HttpResponse<String>> request) {
        PrintStream stderr = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        HttpResponse<String> answer;
        try {
            answer = request.get();
        } finally {
            System.setErr(stderr);
        }
        String requestId = answer.headers().firstValue("X-Request-Id").orElseThrow();
        List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).contains(requestId).doesNotContain(secret).doesNotContain("eyJ");
        assertThat(answer.body()).doesNotContain(id);
        return lines.get(0);
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
