package dev.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.latchkey.Latchkey;
import dev.latchkey.LatchkeyException;
import dev.latchkey.harness.Answers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;

/** What a test can do with a server. */
class LatchkeyExtensionTest {
    @RegisterExtension
    static final LatchkeyExtension latchkey = LatchkeyExtension.builder()
            .key("orders", "fx gateway")
            .key("billing", "vault", "fx")
            .persona("alice", Map.of("role", "admin"))
            .profile("keycloak")
            .audience("https://api.example")
            .tokenTyp("JWT")
            .build();

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void firstKey_isTheClient() throws IOException, InterruptedException {
        assertThat(latchkey.clientId()).isEqualTo("orders");
        assertThat(latchkey.clientSecret()).isEqualTo(latchkey.clientSecret("orders"));
        assertThat(latchkey.clientId("billing")).isEqualTo("billing");
        assertThat(tokenRequest("billing", latchkey.clientSecret("billing")).statusCode())
                .isEqualTo(200);
        assertThat(latchkey.clientSecret("dev")).isEqualTo("dev-secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> latchkey.clientSecret("nothing"))
                .withMessageContaining("orders, billing and dev");
    }

    @Test
    void keysOfTheBuilder_areInTheCatalogueAndHeldToTheirScopes() {
        assertThat(latchkey.scopes().list()).extracting(Latchkey.Scope::name).containsExactly("fx", "gateway", "vault");
        assertThat(latchkey.keys().find("billing").orElseThrow().scopes()).containsExactlyInAnyOrder("vault", "fx");
        assertThat(Answers.claims(latchkey.token()))
                .containsEntry("scope", "fx gateway")
                .containsEntry("sub", "orders")
                .containsEntry("aud", List.of("https://api.example"));
        assertThat(Answers.claims(latchkey.token("fx"))).containsEntry("scope", "fx");
        assertThat(Answers.claims(latchkey.tokenFor("billing", "vault"))).containsEntry("client_id", "billing");
        assertThatThrownBy(() -> latchkey.token("vault"))
                .asInstanceOf(type(LatchkeyException.class))
                .extracting(LatchkeyException::reason)
                .isEqualTo(LatchkeyException.Reason.REFUSED);
    }

    @Test
    void orderedToken_saysWhatWasOrdered() {
        Instant moment = Instant.parse("2030-01-02T03:04:05Z");
        String token = latchkey.token(t -> t.subject("bob")
                .scopes("anything", "else")
                .audience("https://one.example", "https://two.example")
                .claim("tenant", "acme")
                .claim("nbf", moment)
                .claim("groups", List.of("a", "b"))
                .header("cty", "x")
                .expiresIn(Duration.ofMinutes(5))
                .without("jti"));

        Map<String, Object> claims = Answers.claims(token);
        assertThat(claims)
                .containsEntry("sub", "bob")
                .containsEntry("client_id", "orders")
                .containsEntry("scope", "anything else")
                .containsEntry("aud", List.of("https://one.example", "https://two.example"))
                .containsEntry("tenant", "acme")
                .containsEntry("groups", List.of("a", "b"))
                .doesNotContainKey("jti");
        assertThat(number(claims, "nbf")).isEqualTo(moment.getEpochSecond());
        assertThat(number(claims, "exp") - number(claims, "iat")).isEqualTo(300);
        assertThat(Answers.header(token)).containsEntry("cty", "x");
    }

    @Test
    void persona_isWhomTheTokenIsAbout() {
        assertThat(Answers.claims(latchkey.tokenForPersona("alice")))
                .containsEntry("sub", "alice")
                .containsEntry("role", "admin")
                .containsEntry("client_id", "orders");
        assertThat(Answers.claims(latchkey.token(t -> t.key("billing").as("alice"))))
                .containsEntry("client_id", "billing");
        assertThat(Answers.claims(latchkey.token(t -> t.as("github")))).containsKey("repository");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> latchkey.tokenForPersona("bob"))
                .withMessageContaining("alice");
        assertThatIllegalArgumentException().isThrownBy(() -> latchkey.token(t -> t.key("nothing")));
    }

    @Test
    void everyTokenThatIsRight_isVerified_andTheExpiredOneIsNot() {
        JwtDecoder decoder = JwtDecoders.fromIssuerLocation(latchkey.issuer().toString());

        assertThat(decoder.decode(latchkey.token()).getSubject()).isEqualTo("orders");
        assertThat(decoder.decode(latchkey.token(t -> {})).getSubject()).isEqualTo("orders");
        assertThatThrownBy(() -> decoder.decode(latchkey.token(t -> t.broken(Break.EXPIRED))))
                .isInstanceOf(JwtException.class)
                .hasMessageContaining("expired");
        assertThatThrownBy(() -> decoder.decode(latchkey.token(t -> t.expiresIn(Duration.ofMinutes(-5)))))
                .isInstanceOf(JwtException.class);
    }

    /** What each of them is stands in the tests of {@code /dev/tokens}, which makes them by the same code. */
    @ParameterizedTest
    @EnumSource(Break.class)
    void everyBreak_makesAnotherToken(Break way) throws IOException, InterruptedException {
        String token = latchkey.token(t -> t.broken(way));

        boolean rightForTheService =
                way == Break.WRONG_AUDIENCE || way == Break.NO_AUDIENCE || way == Break.MISSING_SCOPE;
        assertThat(isActive(token)).isEqualTo(rightForTheService);
    }

    @Test
    void breaks_areThoseOfTheStandIn() {
        assertThat(Break.values()).extracting(Break::way).containsExactly(dev.latchkey.dev.tokens.Break.values());
    }

    @Test
    void clock_isThatOfTheService() throws IOException, InterruptedException {
        String token = latchkey.token();
        latchkey.clock().advance(Duration.ofMinutes(61));
        assertThat(isActive(token)).isFalse();

        latchkey.clock().freeze();
        latchkey.clock().set(Instant.parse("2030-01-02T03:04:05Z"));
        assertThat(latchkey.clock().now()).isEqualTo("2030-01-02T03:04:05Z");
        latchkey.clock().skew(Duration.ofHours(-2));
        assertThat(number(Answers.claims(latchkey.token()), "iat"))
                .isEqualTo(Instant.parse("2030-01-02T01:04:05Z").getEpochSecond());
        latchkey.clock().reset();
        assertThat(latchkey.clock().now()).isBefore(Instant.now().plusSeconds(60));
        assertThatIllegalArgumentException().isThrownBy(() -> latchkey.clock().advance(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> latchkey.clock().set(Instant.parse("1969-12-31T23:59:59Z")));
        assertThatIllegalArgumentException().isThrownBy(() -> latchkey.clock().skew(Duration.ofDays(36_501)));
    }

    @Test
    void faults_hitTheNextRequestsThatMatch() throws IOException, InterruptedException {
        latchkey.faults().next(Fault.status(503).times(2).on(Endpoint.JWKS).retryAfter(Duration.ofSeconds(7)));
        latchkey.faults().next(Fault.connection(Fault.Connection.EMPTY).from("billing"));

        HttpResponse<String> first = get(latchkey.jwksUri());
        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.headers().firstValue("Retry-After")).contains("7");
        assertThat(get(latchkey.jwksUri()).statusCode()).isEqualTo(503);
        assertThat(get(latchkey.jwksUri()).statusCode()).isEqualTo(200);
        assertThat(tokenRequest("orders", latchkey.clientSecret()).statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> tokenRequest("billing", latchkey.clientSecret("billing")))
                .isInstanceOf(IOException.class);

        latchkey.faults().next(Fault.status(400).error("invalid_scope").always().on(Endpoint.ANY));
        assertThat(get(latchkey.jwksUri()).body()).contains("invalid_scope");
        latchkey.faults().clear();
        assertThat(get(latchkey.jwksUri()).statusCode()).isEqualTo(200);
    }

    @Test
    void faultOutOfItsBounds_isRefusedWhereItIsWritten() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.status(199)).withMessageContaining("200 to 599");
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.delay(Duration.ofMinutes(11)));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.delay(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.status(503).times(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.status(503).times(Integer.MAX_VALUE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.delay(Duration.ofSeconds(1)).error("x"));
    }

    @Test
    void requests_tellWhatWasAsked() throws IOException, InterruptedException {
        assertThat(latchkey.requests().count()).isZero();
        HttpResponse<String> wrong = tokenRequest("billing", "not the secret");
        get(latchkey.jwksUri());

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(latchkey.requests().count()).isEqualTo(2);
        assertThat(latchkey.requests().from("billing").all()).singleElement().satisfies(request -> {
            assertThat(request.on()).isEqualTo(Endpoint.TOKEN);
            assertThat(request.status()).isEqualTo(OptionalInt.of(401));
            assertThat(request.reason()).isPresent();
            assertThat(request.path()).isEqualTo("/connect/token");
        });
        assertThat(latchkey.requests().on(Endpoint.JWKS).await(1, Duration.ofSeconds(10)))
                .hasSize(1);
        assertThat(latchkey.requests().on(Endpoint.JWKS).from("billing").all()).isEmpty();
        assertThatThrownBy(() -> latchkey.requests().on(Endpoint.VERIFY).await(1, Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("endpoint verify within PT0.001S, and there are 0");
    }

    @Test
    void rotatedSigningKey_signsFromThenOn() {
        String before = latchkey.token();
        JwtDecoder decoder = JwtDecoders.fromIssuerLocation(latchkey.issuer().toString());
        latchkey.rotateSigningKey();

        String after = latchkey.token();
        assertThat(Answers.header(after).get("kid"))
                .isNotEqualTo(Answers.header(before).get("kid"));
        assertThat(decoder.decode(after).getSubject()).isEqualTo("orders");
        assertThat(decoder.decode(before).getSubject()).isEqualTo("orders");
    }

    @Test
    void profile_isThatOfTheProvider() throws IOException, InterruptedException {
        HttpResponse<String> metadata =
                get(URI.create(latchkey.url() + "/realms/test/.well-known/openid-configuration"));

        assertThat(Answers.json(metadata)).containsEntry("issuer", latchkey.issuer() + "/realms/test");
    }

    @Test
    void dashboardAndApi_areNotThere() throws IOException, InterruptedException {
        assertThat(get(URI.create(latchkey.url() + "/dashboard/")).statusCode()).isEqualTo(404);
        assertThat(get(URI.create(latchkey.url() + "/api/keys")).statusCode()).isEqualTo(404);
    }

    @Test
    void serverThatDoesNotRun_isSaidSo() {
        LatchkeyExtension idle = LatchkeyExtension.builder().build();

        assertThat(idle.clientId()).isEqualTo("dev");
        assertThatIllegalStateException().isThrownBy(idle::url).withMessageContaining("@RegisterExtension");
    }

    @Test
    void builder_refusesWhatCannotBe() {
        LatchkeyExtension.Builder builder = LatchkeyExtension.builder().key("orders", "fx");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.key("orders"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.key("two words"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.seed("[]").build())
                .withMessageContaining("seed");
    }

    @Test
    void seedOfAFile_standsBesideTheBuildersKeys(@TempDir Path folder) throws IOException {
        Path seed = folder.resolve("seed.json");
        Files.writeString(
                seed,
                "{\"scopes\":[{\"name\":\"fx\"}],\"keys\":[{\"id\":\"seeded\",\"name\":\"seeded\",\"secret\":\"s\","
                        + "\"scopes\":[\"fx\"]}],\"personas\":[{\"sub\":\"carol\"}]}");
        ServerSettings settings =
                settings(LatchkeyExtension.builder().key("orders", "fx vault").seed(seed));
        try (TestServer server = TestServer.start(settings)) {
            assertThat(server.latchkey().keys().list())
                    .extracting(Latchkey.Key::id)
                    .containsExactlyInAnyOrder("seeded", "orders", "dev");
            assertThat(Answers.claims(server.token(t -> t.as("carol")))).containsEntry("sub", "carol");
        }
    }

    private static ServerSettings settings(LatchkeyExtension.Builder builder) {
        return ((ExtensionBuilder) builder).settings();
    }

    private static HttpResponse<String> tokenRequest(String id, String secret)
            throws IOException, InterruptedException {
        return form(latchkey.tokenEndpoint(), id, secret, "grant_type=client_credentials");
    }

    private static boolean isActive(String token) throws IOException, InterruptedException {
        URI introspection = URI.create(latchkey.url() + "/connect/introspect");
        HttpResponse<String> answer = form(introspection, "orders", latchkey.clientSecret(), "token=" + token);
        return (boolean) Answers.json(answer).get("active");
    }

    private static HttpResponse<String> form(URI uri, String id, String secret, String form)
            throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return CLIENT.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private static long number(Map<String, Object> claims, String name) {
        return ((Number) claims.get(name)).longValue();
    }
}
