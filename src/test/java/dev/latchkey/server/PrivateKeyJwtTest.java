package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static dev.latchkey.harness.TestService.basic;
import static dev.latchkey.server.AssertionClient.EC;
import static dev.latchkey.server.AssertionClient.ISSUER;
import static dev.latchkey.server.AssertionClient.OTHER_RSA;
import static dev.latchkey.server.AssertionClient.RSA;
import static dev.latchkey.server.AssertionClient.TYPE;
import static dev.latchkey.server.AssertionClient.assertOneRefusal;
import static dev.latchkey.server.AssertionClient.publicSet;
import static dev.latchkey.server.AssertionClient.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.TestService;
import dev.latchkey.scope.ScopeSet;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that sign an assertion with a key of their own instead of sending a secret (RFC 7523). */
class PrivateKeyJwtTest {
    @RegisterExtension
    private static final TestService service = TestService.fresh(Map.of(ServeFlag.ISSUER, ISSUER));

    private static AssertionClient client;

    @BeforeAll
    static void register() {
        client = new AssertionClient(service);
    }

    @Test
    void everyAlgorithm_getsAToken() {
        assertThat(client.post(client.signed(JWSAlgorithm.RS256, RSA, claims -> {}))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.post(client.signed(JWSAlgorithm.PS256, RSA, claims -> {}))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.post(client.signed(JWSAlgorithm.ES256, EC, claims -> {}))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void clientId_mayStandBeside_ifItIsTheSame() {
        assertThat(client.postForm(client.form(client.rs256(claims -> {})) + "&client_id="
                                + client.key().id())
                        .statusCode())
                .isEqualTo(200);
        assertOneRefusal(client.postForm(client.form(client.rs256(claims -> {})) + "&client_id=another"));
    }

    @Test
    void keysWithoutKid_areTriedInTurn() {
        RSAKey first = AssertionClient.rsa(null);
        RSAKey second = AssertionClient.rsa(null);
        AccessKey several =
                client.create(settings("several", publicSet(first, second, AssertionClient.ec(null)), true, null));
        Consumer<JWTClaimsSet.Builder> itself =
                claims -> claims.issuer(several.id()).subject(several.id());

        assertThat(client.post(client.signed(JWSAlgorithm.RS256, second, itself))
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.post(client.signed(JWSAlgorithm.PS256, first, itself)).statusCode())
                .isEqualTo(200);
        assertOneRefusal(client.post(client.signed(JWSAlgorithm.RS256, RSA, itself)));
    }

    @Test
    void signaturesOfOthers_areRefused() throws Exception {
        byte[] publicKey = RSA.toRSAPublicKey().getEncoded();
        String good = client.rs256(claims -> {});
        String[] parts = good.split("\\.", -1);

        assertOneRefusal(client.post(client.signed(JWSAlgorithm.RS256, OTHER_RSA, claims -> {})));
        assertOneRefusal(client.post(client.signed(JWSAlgorithm.ES256, AssertionClient.ec("ec-1"), claims -> {})));
        assertOneRefusal(client.post(client.signed(JWSAlgorithm.RS384, RSA, claims -> {})));
        assertOneRefusal(client.post(client.signed(JWSAlgorithm.PS512, RSA, claims -> {})));
        assertOneRefusal(client.post(client.sign(JWSAlgorithm.HS256, new MACSigner(publicKey), "rsa-1", claims -> {})));
        assertOneRefusal(
                client.post(client.sign(JWSAlgorithm.RS256, new RSASSASigner(RSA), "unknown-kid", claims -> {})));
        assertOneRefusal(client.post(header("{\"alg\":\"none\"}") + "." + parts[1] + "."));
        assertOneRefusal(client.post(header("{\"alg\":\"ES256\",\"kid\":\"ec-1\"}") + "." + parts[1] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64])));
        assertOneRefusal(
                client.post(header("{\"alg\":\"ES256\",\"kid\":\"rsa-1\"}") + "." + parts[1] + "." + parts[2]));
        assertOneRefusal(client.post(good + "A"));
        assertOneRefusal(client.post(good + "."));
        assertOneRefusal(client.post("garbage"));
        assertOneRefusal(client.post("x".repeat(9000)));
        JWK stranger = OTHER_RSA.toPublicJWK();
        SignedJWT bringsItsKey = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(stranger).build(), client.claims(claims -> {}));
        bringsItsKey.sign(new RSASSASigner(OTHER_RSA));
        assertOneRefusal(client.post(bringsItsKey.serialize()));
        SignedJWT critical = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .criticalParams(Set.of("x"))
                        .customParam("x", 1)
                        .build(),
                client.claims(claims -> {}));
        critical.sign(new RSASSASigner(RSA));
        assertOneRefusal(client.post(critical.serialize()));
        assertThat(client.post(good).statusCode()).isEqualTo(200);
    }

    @Test
    void anAccessToken_isNoAssertion() {
        assertOneRefusal(client.post(accessToken(client.ask(claims -> {}))));
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
        assertOneRefusal(client.postForm("grant_type=client_credentials" + parameters));
    }

    @Test
    void twoMethodsAtOnce_areInvalidRequest() {
        NewAccessKey secret = service.key("fx");
        String id = secret.key().id();
        HttpResponse<String> both = client.postForm(client.form(client.rs256(claims -> {})) + "&client_secret=x");
        HttpResponse<String> beside = service.send(client.request(service, client.form(client.rs256(claims -> {})))
                .header("Authorization", basic(id, secret.secret().reveal())));

        for (HttpResponse<String> answer : List.of(both, beside)) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(json(answer)).containsEntry("error", "invalid_request");
        }
    }

    @Test
    void disabledAndExpiredKeys_areRefused() {
        Instant end = service.clock().instant().plusSeconds(5);
        AccessKey disabled = client.create(settings("off", publicSet(RSA), false, null));
        AccessKey ending = client.create(settings("ending", publicSet(RSA), true, end));

        assertOneRefusal(client.post(client.of(disabled)));
        assertThat(client.post(client.of(ending)).statusCode()).isEqualTo(200);
        service.clock().advance(Duration.ofSeconds(5));
        assertOneRefusal(client.post(client.of(ending)));
    }

    @Test
    void introspectionAndRevocation_takeAssertionsToo() {
        String token = accessToken(client.ask(claims -> {}));
        String asks = client.assertion(client.rs256(claims -> {})) + "&token=" + token;

        HttpResponse<String> active = service.send(client.request(service, "/connect/introspect", asks));
        assertThat(json(active))
                .containsEntry("active", true)
                .containsEntry("client_id", client.key().id());
        assertOneRefusal(service.send(client.request(service, "/connect/introspect", asks)));
        String revokes = client.assertion(client.rs256(claims -> {})) + "&token=" + token;
        assertThat(service.send(client.request(service, "/connect/revocation", revokes))
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.verify(token, "").statusCode()).isEqualTo(401);
    }

    @Test
    void aKeyWithoutSecret_needsJwks_andKnowsNoSecret() {
        AccessKeySettings plain = AccessKeySettings.named("plain", ScopeSet.of(List.of("fx")));

        assertThatThrownBy(() -> client.create(plain))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("jwks");
        assertThat(client.key().secrets()).isEmpty();
        assertOneRefusal(service.token(basic(client.key().id(), ""), "grant_type=client_credentials"));
        assertOneRefusal(service.token(basic(client.key().id(), "x"), "grant_type=client_credentials"));
    }

    private static String header(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
