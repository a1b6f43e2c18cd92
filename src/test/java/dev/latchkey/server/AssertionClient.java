package dev.latchkey.server;

import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
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
import dev.latchkey.harness.TestService;
import dev.latchkey.json.JsonBinding;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.ScopeSet;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client that signs its assertions, and what tests vary in them. For one thread. */
final class AssertionClient {
    static final String ISSUER = "https://id.example/base";
    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    static final RSAKey RSA = rsa("rsa-1");
    static final RSAKey OTHER_RSA = rsa("rsa-1");
    static final ECKey EC = ec("ec-1");

    private static final Actor OWNER = Actor.operator("test");

    private final TestService service;
    private final AccessKey key;
    private int ids;

    AssertionClient(TestService service) {
        this.service = service;
        service.key("fx");
        this.key = create(settings("signs", publicSet(RSA, EC), true, null));
    }

    AccessKey key() {
        return key;
    }

    AccessKey create(AccessKeySettings settings) {
        return service.services().accessKeys().createWithoutSecret(OWNER, settings, false);
    }

    static AccessKeySettings settings(String name, String jwks, boolean enabled, @Nullable Instant end) {
        return new AccessKeySettings(
                name, "", ScopeSet.of(List.of("fx")), enabled, null, List.of(), jwks, CustomClaims.NONE, end);
    }

    static String publicSet(JWK... keys) {
        return new JWKSet(List.of(keys)).toString(true);
    }

    String rs256(Consumer<JWTClaimsSet.Builder> change) {
        return signed(JWSAlgorithm.RS256, RSA, change);
    }

    String expiring(Instant end) {
        return rs256(claims -> claims.expirationTime(Date.from(end)));
    }

    String of(AccessKey other) {
        return rs256(claims -> claims.issuer(other.id()).subject(other.id()));
    }

    String signed(JWSAlgorithm alg, JWK with, Consumer<JWTClaimsSet.Builder> change) {
        try {
            JWSSigner signer = with instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner((RSAKey) with);
            return sign(alg, signer, with.getKeyID(), change);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    String sign(JWSAlgorithm alg, JWSSigner signer, String kid, Consumer<JWTClaimsSet.Builder> change)
            throws JOSEException {
        JWSHeader header =
                new JWSHeader.Builder(alg).type(JOSEObjectType.JWT).keyID(kid).build();
        SignedJWT jwt = new SignedJWT(header, claims(change));
        jwt.sign(signer);
        return jwt.serialize();
    }

    JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
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

    String form(String assertion) {
        return "grant_type=client_credentials" + assertion(assertion);
    }

    String assertion(String assertion) {
        return "&client_assertion_type=" + URLEncoder.encode(TYPE, StandardCharsets.UTF_8) + "&client_assertion="
                + URLEncoder.encode(assertion, StandardCharsets.UTF_8);
    }

    /** The answer to an assertion with these changes to good claims. */
    HttpResponse<String> ask(Consumer<JWTClaimsSet.Builder> change) {
        return post(rs256(change));
    }

    HttpResponse<String> post(String assertion) {
        return postForm(form(assertion));
    }

    HttpResponse<String> postForm(String form) {
        return service.send(request(service, form));
    }

    HttpRequest.Builder request(TestService at, String form) {
        return request(at, "/connect/token", form);
    }

    HttpRequest.Builder request(TestService at, String path, String form) {
        return at.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    /** The answer to an assertion with claims of any type, as another program would send. */
    HttpResponse<String> postClaims(Consumer<Map<String, Object>> change) {
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
        return post(jws.serialize());
    }

    static void assertOneRefusal(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"invalid_client\",\"error_description\":\"Client authentication failed.\"}");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Basic realm=\"latchkey\"");
    }

    static RSAKey rsa(@Nullable String kid) {
        try {
            return new RSAKeyGenerator(2048).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static ECKey ec(@Nullable String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
