package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.latchkey.LatchkeyException.Reason;
import dev.latchkey.harness.Answers;
import dev.latchkey.harness.MutableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service inside a program: everything that the public API promises. */
class LatchkeyTest {
    /** A first JWK Set waits for the next signing key, on a busy machine longer than Nimbus does by itself. */
    private static final int PATIENCE_MILLIS = 10_000;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void start_withoutAnyCall_hasTokensThatItsJwkSetVerifies() throws Exception {
        try (Latchkey latchkey = Latchkey.builder().start()) {
            Latchkey.NewKey key = latchkey.keys().create("orders", "fx", "gateway");

            JWTClaimsSet claims = verified(latchkey, tokenOverHttp(latchkey, key, "fx"));

            assertThat(latchkey.url().getHost()).isEqualTo("localhost");
            assertThat(latchkey.issuer()).isEqualTo(latchkey.url());
            assertThat(claims.getIssuer()).isEqualTo(latchkey.issuer().toString());
            assertThat(claims.getSubject()).isEqualTo(key.id());
            assertThat(claims.getStringClaim("scope")).isEqualTo("fx");
        }
    }

    @Test
    void tokenFor_isTheTokenOfTheEndpoint_withoutHttp() throws Exception {
        try (Latchkey latchkey = Latchkey.builder().start()) {
            String id = latchkey.keys().create("orders", "fx gateway").id();

            assertThat(verified(latchkey, latchkey.tokenFor(id)).getStringClaim("scope"))
                    .isEqualTo("fx gateway");
            assertThat(verified(latchkey, latchkey.tokenFor(id, "gateway")).getStringClaim("scope"))
                    .isEqualTo("gateway");
            refused(Reason.REFUSED, () -> latchkey.tokenFor(id, "vault"));
            refused(Reason.REFUSED, () -> latchkey.tokenFor("ack_unknown"));
            latchkey.keys().disable(id);
            refused(Reason.REFUSED, () -> latchkey.tokenFor(id));
        }
    }

    @Test
    void keys_haveTheirWholeLife() throws Exception {
        try (Latchkey latchkey = Latchkey.builder().start()) {
            Latchkey.Keys keys = latchkey.keys();
            Latchkey.NewKey made = keys.create(
                    "orders",
                    settings -> settings.scopes("fx", "gateway")
                            .description("the order service")
                            .audience("https://orders.example")
                            .tokenLifetime(Duration.ofMinutes(5))
                            .claims(Map.of("tenant", "acme", "limits", Map.of("a", 1)))
                            .expiresAt(Instant.parse("2999-01-01T00:00:00Z")));
            String id = made.id();

            Latchkey.Key key = keys.find(id).orElseThrow();
            assertThat(key).isEqualTo(made.key());
            assertThat(key.scopes()).containsExactly("fx", "gateway");
            assertThat(key.tokenLifetime()).contains(Duration.ofMinutes(5));
            assertThat(key.claims()).containsEntry("tenant", "acme").containsEntry("limits", Map.of("a", 1));
            assertThat(key.expiresAt()).contains(Instant.parse("2999-01-01T00:00:00Z"));
            assertThat(keys.list()).containsExactly(key);

            assertThat(keys.edit(id, settings -> settings.name("billing").tokenLifetime(null))
                            .tokenLifetime())
                    .isEmpty();
            assertThat(keys.find(id).orElseThrow().name()).isEqualTo("billing");
            assertThat(keys.find(id).orElseThrow().scopes()).containsExactly("fx", "gateway");

            Latchkey.NewKey rotated = keys.rotate(id, Duration.ZERO);
            assertThat(statusOfToken(latchkey, id, made.secret())).isEqualTo(401);
            assertThat(statusOfToken(latchkey, id, rotated.secret())).isEqualTo(200);

            assertThat(keys.disable(id).enabled()).isFalse();
            assertThat(statusOfToken(latchkey, id, rotated.secret())).isEqualTo(401);
            assertThat(keys.enable(id).enabled()).isTrue();
            assertThat(statusOfToken(latchkey, id, rotated.secret())).isEqualTo(200);

            keys.delete(id);
            assertThat(keys.find(id)).isEmpty();
            refused(Reason.NOT_FOUND, () -> keys.delete(id));
        }
    }

    @Test
    void newKey_printsWithoutItsSecret() {
        try (Latchkey latchkey = Latchkey.builder().start()) {
            Latchkey.NewKey made = latchkey.keys().create("orders", "fx");

            assertThat(made.toString()).contains(made.id()).doesNotContain(made.secret());
        }
    }

    @Test
    void badInput_namesWhatIsWrong() {
        try (Latchkey latchkey = Latchkey.builder().start()) {
            assertThat(refused(Reason.BAD_SETTING, () -> latchkey.keys().create("orders")))
                    .hasMessageContaining("scopes");
            assertThat(refused(Reason.BAD_SETTING, () -> latchkey.keys().create("", "fx")))
                    .hasMessageContaining("name");
            assertThat(refused(
                            Reason.BAD_SETTING,
                            () -> latchkey.keys()
                                    .create("orders", key -> key.scopes("fx").claims(Map.of("iss", "x")))))
                    .hasMessageContaining("claims");
        }
        assertThat(refused(Reason.BAD_SETTING, Latchkey.builder().issuer("http://localhost/")::start))
                .hasMessageStartingWith("issuer ");
        assertThat(refused(Reason.BAD_SETTING, Latchkey.builder().tokenLifetime(Duration.ofMillis(1))::start))
                .hasMessageStartingWith("tokenLifetime ");
        assertThat(refused(Reason.BAD_SETTING, Latchkey.builder().host("0.0.0.0")::start))
                .hasMessageContaining("issuer");
        assertThat(refused(Reason.BAD_SETTING, Latchkey.builder().port(70_000)::start))
                .hasMessageStartingWith("port ");
    }

    @Test
    void scopes_areManaged_andKeptWhileInUse() {
        try (Latchkey latchkey = Latchkey.builder().start()) {
            latchkey.scopes().add("fx", "foreign exchange");
            latchkey.keys().create("orders", "fx");

            assertThat(latchkey.scopes().list()).containsExactly(new Latchkey.Scope("fx", "foreign exchange"));
            refused(Reason.CONFLICT, () -> latchkey.scopes().add("fx", "again"));
            refused(Reason.CONFLICT, () -> latchkey.scopes().remove("fx"));
        }
    }

    @Test
    void failures_haveTheirReason(@TempDir Path folder) throws Exception {
        try (Latchkey running = Latchkey.builder().start()) {
            refused(Reason.PORT_TAKEN, Latchkey.builder().port(running.url().getPort())::start);
        }
        Path other = Files.writeString(folder.resolve("notes.txt"), "no store\n".repeat(500));
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));
        refused(Reason.STORE_UNUSABLE, Latchkey.builder().store(Store.file(other))::start);
        refused(
                Reason.STORE_UNREACHABLE,
                Latchkey.builder().store(Store.jdbc("jdbc:postgresql://localhost:1/none"))::start);
    }

    @Test
    void closed_twice_isHarmless_andTellsSo() {
        Latchkey latchkey = Latchkey.builder().start();
        latchkey.close();
        latchkey.close();

        refused(Reason.CLOSED, () -> latchkey.keys().list());
    }

    @Test
    void two_atOnce_shareNeitherTimeNorKeys() throws Exception {
        MutableClock past = new MutableClock(Instant.parse("2001-01-01T00:00:00Z"));
        MutableClock future = new MutableClock(Instant.parse("2101-01-01T00:00:00Z"));
        try (Latchkey one = Latchkey.builder().clock(past).start();
                Latchkey other = Latchkey.builder().clock(future).start()) {
            String id = one.keys().create("orders", "fx").id();

            assertThat(SignedJWT.parse(one.tokenFor(id))
                            .getJWTClaimsSet()
                            .getIssueTime()
                            .toInstant())
                    .isEqualTo(past.instant());
            assertThat(other.keys().find(id)).isEmpty();
            assertThat(other.keys().create("orders", "fx").key().createdAt()).isEqualTo(future.instant());
            assertThat(get(one.jwksUri())).isNotEqualTo(get(other.jwksUri()));
        }
    }

    @Test
    void signingKey_ofTheProgram_signs() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        try (Latchkey latchkey = Latchkey.builder().signingKey(pair).start()) {
            SignedJWT token = SignedJWT.parse(
                    latchkey.tokenFor(latchkey.keys().create("orders", "fx").id()));

            assertThat(token.verify(new RSASSAVerifier((RSAPublicKey) pair.getPublic())))
                    .isTrue();
        }
    }

    @Test
    void signingKey_thatIsTooShort_orDoesNotFit_isRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        refused(Reason.BAD_SETTING, Latchkey.builder().signingKey(generator.generateKeyPair())::start);
        generator.initialize(2048);
        KeyPair mixed = new KeyPair(
                generator.generateKeyPair().getPublic(),
                generator.generateKeyPair().getPrivate());
        refused(Reason.BAD_SETTING, Latchkey.builder().signingKey(mixed)::start);
    }

    @Test
    void owner_isMadeWithAPasswordOnly() throws Exception {
        try (Latchkey without = Latchkey.builder().start();
                Latchkey with = Latchkey.builder()
                        .ownerPassword("correct horse battery")
                        .start()) {
            assertThat(signIn(without, "correct horse battery")).isEqualTo(401);
            assertThat(signIn(with, "correct horse battery")).isEqualTo(200);
        }
    }

    @Test
    void auditListener_isToldOfEachChange_andOfNoneThatFails() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (Latchkey latchkey = Latchkey.builder()
                .auditListener(event -> told.add(
                        event.actor() + " " + event.action() + " " + event.subject() + " " + event.subjectName()))
                .start()) {
            String id = latchkey.keys().create("orders", "fx").id();
            refused(Reason.NOT_FOUND, () -> latchkey.keys().delete("ack_unknown"));
            latchkey.keys().delete(id);

            assertThat(told)
                    .filteredOn(line -> line.startsWith("system:program"))
                    .containsExactly(
                            "system:program scope.add fx ",
                            "system:program key.create " + id + " orders",
                            "system:program key.delete " + id + " orders");
        }
    }

    @Test
    void metricsListener_isToldOfTokensAndAnswers() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (Latchkey latchkey = Latchkey.builder()
                .metricsListener(new Latchkey.MetricsListener() {
                    @Override
                    public void tokenRequested(String outcome, Duration took) {
                        told.add(outcome);
                    }
                })
                .start()) {
            Latchkey.NewKey key = latchkey.keys().create("orders", "fx");
            assertThat(statusOfToken(latchkey, key.id(), key.secret())).isEqualTo(200);
            assertThat(statusOfToken(latchkey, key.id(), "wrong")).isEqualTo(401);
        }
        assertThat(told).containsExactly("issued", "invalid_client");
    }

    @Test
    void dev_isAStandIn() throws Exception {
        try (Latchkey latchkey = Latchkey.builder().dev(true).start()) {
            assertThat(statusOfToken(latchkey, "dev", "dev-secret")).isEqualTo(200);
            assertThat(get(URI.create(latchkey.url() + "/dev/clock"))).contains("frozen");
        }
    }

    private int signIn(Latchkey latchkey, String password) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(latchkey.url() + "/api/session"))
                .header("Content-Type", "application/json")
                .header("Origin", latchkey.url().toString())
                .POST(BodyPublishers.ofString("{\"username\":\"owner\",\"password\":\"" + password + "\"}"))
                .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    private String get(URI uri) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private int statusOfToken(Latchkey latchkey, String id, String secret) throws Exception {
        return ask(latchkey, id, secret, "grant_type=client_credentials").statusCode();
    }

    private String tokenOverHttp(Latchkey latchkey, Latchkey.NewKey key, String scope) throws Exception {
        HttpResponse<String> answer =
                ask(latchkey, key.id(), key.secret(), "grant_type=client_credentials&scope=" + scope);
        return String.valueOf(Answers.json(answer).get("access_token"));
    }

    private HttpResponse<String> ask(Latchkey latchkey, String id, String secret, String form) throws Exception {
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(latchkey.tokenEndpoint())
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static JWTClaimsSet verified(Latchkey latchkey, String token) throws Exception {
        DefaultJWTProcessor<?> processor = new DefaultJWTProcessor<>();
        return verified(processor, latchkey, token);
    }

    private static <C extends SecurityContext> JWTClaimsSet verified(
            DefaultJWTProcessor<C> processor, Latchkey latchkey, String token) throws Exception {
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.RS256,
                JWKSourceBuilder.<C>create(
                                latchkey.jwksUri().toURL(),
                                new DefaultResourceRetriever(PATIENCE_MILLIS, PATIENCE_MILLIS))
                        .build()));
        return processor.process(token, null);
    }

    private static LatchkeyException refused(Reason reason, Runnable call) {
        List<LatchkeyException> thrown = new ArrayList<>();
        assertThatThrownBy(call::run).isInstanceOfSatisfying(LatchkeyException.class, thrown::add);
        assertThat(thrown.get(0).reason()).as(thrown.get(0).getMessage()).isEqualTo(reason);
        return thrown.get(0);
    }
}
