package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.TestService;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.ScopeSet;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that sign an assertion with a key of their own instead of sending a secret. */
class PrivateKeyJwtTest {
    private static final Actor OWNER = Actor.operator("test");
    private static final String ISSUER = "https://id.example/base";
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final RSAKey RSA = rsa("rsa-1");
    private static final RSAKey OTHER_RSA = rsa("rsa-1");
    private static final ECKey EC = ec("ec-1");

    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.ISSUER, ISSUER));

    private static AccessKey key;
    private static int ids;

    @BeforeAll
    static void start() {
        service.key("fx");
        key = create(settings("signs", publicSet(RSA, EC), true, null));
    }

    @Test
    void everyAlgorithm_getsAToken() {
        assertThat(post(form(signed(JWSAlgorithm.RS256, RSA, claims -> {}))).statusCode())
                .isEqualTo(200);
        assertThat(post(form(signed(JWSAlgorithm.PS256, RSA, claims -> {}))).statusCode())
                .isEqualTo(200);
        assertThat(post(form(signed(JWSAlgorithm.ES256, EC, claims -> {}))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void clientId_mayStandBeside_ifItIsTheSame() {
        assertThat(post(form(rs256(claims -> {})) + "&client_id=" + key.id()).statusCode())
                .isEqualTo(200);
        assertOneRefusal(post(form(rs256(claims -> {})) + "&client_id=another"));
    }

    @Test
    void audience_isTheIssuerOrTheTokenEndpoint_andNothingBesideIt() {
        for (Object good : List.of(
                ISSUER, List.of(ISSUER), List.of(ISSUER + "/connect/token"), "HTTPS://ID.example/base/connect/token")) {
            assertThat(postClaims(claims -> claims.put("aud", good)).statusCode())
                    .isEqualTo(200);
        }
        for (Object bad : List.of(
                List.of("https://other.example", ISSUER),
                List.of(ISSUER, ISSUER + "/connect/token"),
                List.of(ISSUER, ISSUER),
                List.of(ISSUER, 1),
                Map.of("0", ISSUER),
                "")) {
            assertOneRefusal(postClaims(claims -> claims.put("aud", bad)));
        }
        for (List<String> bad : List.of(
                List.<String>of(),
                List.of("https://other.example"),
                List.of(ISSUER + "/"),
                List.of(service.url()),
                List.of(ISSUER + "/connect/introspect"))) {
            assertOneRefusal(post(form(rs256(claims -> claims.audience(bad)))));
        }
    }

    @Test
    void times_haveTheirEdges() {
        Instant now = service.clock().instant();

        assertThat(post(form(expiring(now.minusSeconds(29)))).statusCode()).isEqualTo(200);
        assertThat(post(form(expiring(now.plusSeconds(301)))).statusCode()).isEqualTo(200);
        assertThat(post(form(expiring(now.plusSeconds(330)))).statusCode()).isEqualTo(200);
        assertOneRefusal(post(form(expiring(now.minusSeconds(30)))));
        assertOneRefusal(post(form(expiring(now.plusSeconds(331)))));
        assertOneRefusal(post(form(rs256(claims -> claims.expirationTime(null)))));
        for (String begin : List.of("nbf", "iat")) {
            long edge = now.plusSeconds(30).getEpochSecond();
            assertThat(post(form(rs256(claims -> claims.claim(begin, edge)))).statusCode())
                    .isEqualTo(200);
            assertOneRefusal(post(form(rs256(claims -> claims.claim(begin, edge + 1)))));
            assertOneRefusal(post(form(rs256(claims -> claims.claim(begin, "soon")))));
        }
    }

    @Test
    void times_mayHaveFractions_whichCount() {
        long now = service.clock().instant().getEpochSecond();

        assertThat(postClaims(claims -> claims.put("exp", seconds(now, "329.75")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(postClaims(claims -> claims.put("exp", seconds(now, "-29.5")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(postClaims(claims -> claims.put("iat", seconds(now, "29.9"))).statusCode())
                .isEqualTo(200);
        assertThat(postClaims(claims -> claims.put("exp", new BigDecimal(now + "e0")))
                        .statusCode())
                .isEqualTo(200);
        assertOneRefusal(postClaims(claims -> claims.put("exp", seconds(now, "330.25"))));
        assertOneRefusal(postClaims(claims -> claims.put("nbf", seconds(now, "30.25"))));
        assertOneRefusal(postClaims(claims -> claims.put("exp", "" + (now + 60))));
        assertOneRefusal(postClaims(claims -> claims.put("exp", -1)));
        assertOneRefusal(postClaims(claims -> claims.put("exp", new BigDecimal("1e300"))));
    }

    @Test
    void aUsedAssertion_staysUsed_asLongAsItCouldBeTakenAgain() {
        String assertion = expiring(service.clock().instant().plusSeconds(10));
        assertThat(post(form(assertion)).statusCode()).isEqualTo(200);

        service.clock().advance(Duration.ofSeconds(39));
        assertOneRefusal(post(form(assertion)));
    }

    @Test
    void keysWithoutKid_areTriedInTurn() {
        RSAKey first = rsa(null);
        RSAKey second = rsa(null);
        AccessKey several = create(settings("several", publicSet(first, second, ec(null)), true, null));
        Consumer<JWTClaimsSet.Builder> itself =
                claims -> claims.issuer(several.id()).subject(several.id());

        assertThat(post(form(signed(JWSAlgorithm.RS256, second, itself))).statusCode())
                .isEqualTo(200);
        assertThat(post(form(signed(JWSAlgorithm.PS256, first, itself))).statusCode())
                .isEqualTo(200);
        assertOneRefusal(post(form(signed(JWSAlgorithm.RS256, RSA, itself))));
    }

    @Test
    void issuerAndSubject_areTheKeyItself() {
        assertOneRefusal(post(form(rs256(claims -> claims.issuer("another")))));
        assertOneRefusal(post(form(rs256(claims -> claims.subject("another")))));
        assertOneRefusal(post(form(rs256(claims -> claims.issuer(null)))));
        assertOneRefusal(post(form(rs256(claims -> claims.subject(null)))));
        assertOneRefusal(post(form(rs256(claims -> claims.subject("ack_unknown").issuer("ack_unknown")))));
        NewAccessKey withoutJwks = service.key("fx");
        String id = withoutJwks.key().id();
        assertOneRefusal(post(form(rs256(claims -> claims.subject(id).issuer(id)))));
    }

    @Test
    void anAssertion_isGoodOnce_onEveryReplica_andAfterARestart() {
        String assertion = rs256(claims -> {});
        assertThat(post(form(assertion)).statusCode()).isEqualTo(200);

        assertOneRefusal(post(form(assertion)));
        try (TestService replica = service.again(Map.of(ServeFlag.ISSUER, ISSUER))) {
            assertOneRefusal(replica.send(request(replica, form(assertion))));
        }
        service.clock().advance(Duration.ofSeconds(59));
        assertOneRefusal(post(form(assertion)));
    }

    @Test
    void anAssertion_presentedManyTimesAtOnce_isGoodOnce() throws Exception {
        String assertion = rs256(claims -> {});
        try (TestService replica = service.again(Map.of(ServeFlag.ISSUER, ISSUER))) {
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                TestService at = i % 2 == 0 ? service : replica;
                calls.add(() -> at.send(request(at, form(assertion))).statusCode());
            }
            ExecutorService threads = Executors.newFixedThreadPool(calls.size());
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> future : threads.invokeAll(calls)) {
                answers.add(future.get());
            }
            threads.shutdown();

            assertThat(answers)
                    .containsOnlyOnce(200)
                    .filteredOn(status -> status == 401)
                    .hasSize(7);
        }
    }

    @Test
    void theSameId_ofAnotherKey_isAnotherAssertion_andAnIdIsRequired() {
        AccessKey other = create(settings("other", publicSet(RSA), true, null));

        assertThat(post(form(rs256(claims -> claims.jwtID("shared")))).statusCode())
                .isEqualTo(200);
        assertThat(post(form(rs256(claims ->
                                claims.jwtID("shared").issuer(other.id()).subject(other.id()))))
                        .statusCode())
                .isEqualTo(200);
        assertOneRefusal(post(form(rs256(claims -> claims.jwtID("shared")))));
        assertOneRefusal(post(form(rs256(claims -> claims.jwtID(null)))));
        assertOneRefusal(post(form(rs256(claims -> claims.jwtID("")))));
        assertThat(post(form(rs256(claims -> claims.jwtID("\0 ' 🔑" + "x".repeat(500)))))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aRefusedAssertion_isNotUsedUp() {
        String assertion = rs256(claims -> {});
        service.services().accessKeys().setEnabled(OWNER, key.id(), false);
        assertOneRefusal(post(form(assertion)));
        service.services().accessKeys().setEnabled(OWNER, key.id(), true);

        assertThat(post(form(assertion)).statusCode()).isEqualTo(200);
    }

    @Test
    void signaturesOfOthers_areRefused() throws Exception {
        byte[] publicKey = RSA.toRSAPublicKey().getEncoded();
        String good = rs256(claims -> {});
        String[] parts = good.split("\\.", -1);

        assertOneRefusal(post(form(signed(JWSAlgorithm.RS256, OTHER_RSA, claims -> {}))));
        assertOneRefusal(post(form(signed(JWSAlgorithm.ES256, ec("ec-1"), claims -> {}))));
        assertOneRefusal(post(form(signed(JWSAlgorithm.RS384, RSA, claims -> {}))));
        assertOneRefusal(post(form(signed(JWSAlgorithm.PS512, RSA, claims -> {}))));
        assertOneRefusal(post(form(sign(JWSAlgorithm.HS256, new MACSigner(publicKey), "rsa-1", claims -> {}))));
        assertOneRefusal(post(form(sign(JWSAlgorithm.RS256, new RSASSASigner(RSA), "unknown-kid", claims -> {}))));
        assertOneRefusal(post(form(header("{\"alg\":\"none\"}") + "." + parts[1] + ".")));
        assertOneRefusal(post(form(header("{\"alg\":\"ES256\",\"kid\":\"ec-1\"}") + "." + parts[1] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]))));
        assertOneRefusal(post(form(header("{\"alg\":\"ES256\",\"kid\":\"rsa-1\"}") + "." + parts[1] + "." + parts[2])));
        assertOneRefusal(post(form(good + "A")));
        assertOneRefusal(post(form(good + ".")));
        assertOneRefusal(post(form("garbage")));
        assertOneRefusal(post(form("x".repeat(9000))));
        JWK stranger = OTHER_RSA.toPublicJWK();
        SignedJWT bringsItsKey = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(stranger).build(), claims(claims -> {}));
        bringsItsKey.sign(new RSASSASigner(OTHER_RSA));
        assertOneRefusal(post(form(bringsItsKey.serialize())));
        SignedJWT critical = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .criticalParams(Set.of("x"))
                        .customParam("x", 1)
                        .build(),
                claims(claims -> {}));
        critical.sign(new RSASSASigner(RSA));
        assertOneRefusal(post(form(critical.serialize())));
        assertThat(post(form(good)).statusCode()).isEqualTo(200);
    }

    @Test
    void anAccessToken_isNoAssertion() {
        assertOneRefusal(post(form(accessToken(post(form(rs256(claims -> {})))))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&client_assertion_type=" + TYPE,
                "&client_assertion=x",
                "&client_assertion=x&client_assertion_type=",
                "&client_assertion=x&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:saml2-bearer"
            })
    void anIncompleteAssertion_isRefused(String parameters) {
        assertOneRefusal(post("grant_type=client_credentials" + parameters));
    }

    @Test
    void twoMethodsAtOnce_areInvalidRequest() {
        NewAccessKey secret = service.key("fx");
        String id = secret.key().id();
        HttpResponse<String> both = post(form(rs256(claims -> {})) + "&client_secret=x");
        HttpResponse<String> beside = service.send(request(service, form(rs256(claims -> {})))
                .header("Authorization", basic(id, secret.secret().reveal())));

        for (HttpResponse<String> answer : List.of(both, beside)) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer)).containsEntry("error", "invalid_request");
        }
    }

    @Test
    void disabledAndExpiredKeys_areRefused() {
        Instant end = service.clock().instant().plusSeconds(5);
        AccessKey disabled = create(settings("off", publicSet(RSA), false, null));
        AccessKey ending = create(settings("ending", publicSet(RSA), true, end));

        assertOneRefusal(post(form(of(disabled))));
        assertThat(post(form(of(ending))).statusCode()).isEqualTo(200);
        service.clock().advance(Duration.ofSeconds(5));
        assertOneRefusal(post(form(of(ending))));
    }

    @Test
    void introspectionAndRevocation_takeAssertionsToo() {
        String token = accessToken(post(form(rs256(claims -> {}))));
        String asks = assertion(rs256(claims -> {})) + "&token=" + token;

        HttpResponse<String> active = service.send(request(service, "/connect/introspect", asks));
        assertThat(json(active)).containsEntry("active", true).containsEntry("client_id", key.id());
        assertOneRefusal(service.send(request(service, "/connect/introspect", asks)));
        String revokes = assertion(rs256(claims -> {})) + "&token=" + token;
        assertThat(service.send(request(service, "/connect/revocation", revokes))
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.verify(token, "").statusCode()).isEqualTo(401);
    }

    @Test
    void aKeyWithoutSecret_needsJwks_andKnowsNoSecret() {
        AccessKeySettings plain = AccessKeySettings.named("plain", ScopeSet.of(List.of("fx")));

        assertThatThrownBy(() -> create(plain))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("jwks");
        assertThat(key.secrets()).isEmpty();
        assertOneRefusal(service.token(basic(key.id(), ""), "grant_type=client_credentials"));
        assertOneRefusal(service.token(basic(key.id(), "x"), "grant_type=client_credentials"));
    }

    private static AccessKey create(AccessKeySettings settings) {
        return service.services().accessKeys().createWithoutSecret(OWNER, settings, false);
    }

    private static AccessKeySettings settings(String name, String jwks, boolean enabled, @Nullable Instant end) {
        return new AccessKeySettings(
                name, "", ScopeSet.of(List.of("fx")), enabled, null, List.of(), jwks, CustomClaims.NONE, end);
    }

    private static String publicSet(JWK... keys) {
        return new JWKSet(List.of(keys)).toString(true);
    }

    private static String rs256(Consumer<JWTClaimsSet.Builder> change) {
        return signed(JWSAlgorithm.RS256, RSA, change);
    }

    private static String expiring(Instant end) {
        return rs256(claims -> claims.expirationTime(Date.from(end)));
    }

    private static String of(AccessKey other) {
        return rs256(claims -> claims.issuer(other.id()).subject(other.id()));
    }

    private static String signed(JWSAlgorithm alg, JWK with, Consumer<JWTClaimsSet.Builder> change) {
        try {
            JWSSigner signer = with instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner((RSAKey) with);
            return sign(alg, signer, with.getKeyID(), change);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String sign(JWSAlgorithm alg, JWSSigner signer, String kid, Consumer<JWTClaimsSet.Builder> change)
            throws JOSEException {
        JWSHeader header =
                new JWSHeader.Builder(alg).type(JOSEObjectType.JWT).keyID(kid).build();
        SignedJWT jwt = new SignedJWT(header, claims(change));
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        Instant now = service.clock().instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(key.id())
                .subject(key.id())
                .audience(ISSUER)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .jwtID("id-" + ids++);
        change.accept(claims);
        return claims.build();
    }

    private static String form(String assertion) {
        return "grant_type=client_credentials" + assertion(assertion);
    }

    private static String assertion(String assertion) {
        return "&client_assertion_type=" + URLEncoder.encode(TYPE, StandardCharsets.UTF_8) + "&client_assertion="
                + URLEncoder.encode(assertion, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> post(String form) {
        return service.send(request(service, form));
    }

    private static HttpRequest.Builder request(TestService at, String form) {
        return request(at, "/connect/token", form);
    }

    private static HttpRequest.Builder request(TestService at, String path, String form) {
        return at.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    private static void assertOneRefusal(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"invalid_client\",\"error_description\":\"Client authentication failed.\"}");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"latchkey\"");
    }

    private static BigDecimal seconds(long from, String plus) {
        return new BigDecimal(from).add(new BigDecimal(plus));
    }

    /** The answer to an assertion with claims of any type, as another program would send. */
    private static HttpResponse<String> postClaims(Consumer<Map<String, Object>> change) {
        Map<String, Object> claims =
                new LinkedHashMap<>(json(claims(unused -> {}).toString()));
        change.accept(claims);
        JWSObject jws = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(RSA.getKeyID()).build(),
                new Payload(JsonBinding.text(claims)));
        try {
            jws.sign(new RSASSASigner(RSA));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return post(form(jws.serialize()));
    }

    private static String header(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static RSAKey rsa(@Nullable String kid) {
        try {
            return new RSAKeyGenerator(2048).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey ec(@Nullable String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
