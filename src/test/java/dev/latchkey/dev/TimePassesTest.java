package dev.latchkey.dev;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.config.ServeFlag;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An hour passes for everything that ends, by {@code PUT /dev/clock} alone: real time stands still here. */
class TimePassesTest {
    private static ECKey clientKey;
    private static DevService service;

    @BeforeAll
    static void start() throws JOSEException {
        clientKey = new ECKeyGenerator(Curve.P_256)
                .keyID("client")
                .algorithm(JWSAlgorithm.ES256)
                .generate();
        service = new DevService(Map.of(
                ServeFlag.SEED,
                "{\"scopes\":[{\"name\":\"fx\"}],\"keys\":["
                        + "{\"id\":\"signer\",\"name\":\"signer\",\"secret\":\"s\",\"scopes\":[\"fx\"],\"jwks\":{\"keys\":["
                        + clientKey.toPublicJWK() + "]}},"
                        + "{\"id\":\"trial\",\"name\":\"trial\",\"secret\":\"trial-secret\",\"scopes\":[\"fx\"],"
                        + "\"expires_at\":\"2026-03-01T13:00:00Z\"}]}"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void reset() throws Exception {
        assertThat(service.call("POST", "/dev/reset", "").statusCode()).isEqualTo(204);
    }

    @Test
    void token_isInactive_andRefusedAtForwardAuth() throws Exception {
        String token = service.token("fx");
        assertThat(service.isActive(token)).isTrue();
        assertThat(verify(token)).isEqualTo(200);

        pass("61m");

        assertThat(service.isActive(token)).isFalse();
        assertThat(verify(token)).isEqualTo(401);
        assertThat(verify(service.token("fx"))).isEqualTo(200);
    }

    @Test
    void assertion_isOver() throws Exception {
        Instant end = DevService.START.plus(Duration.ofMinutes(5));
        assertThat(tokenFor(assertion("good", end)).statusCode()).isEqualTo(200);

        pass("61m");

        HttpResponse<String> answer = tokenFor(assertion("over", end));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("X-Latchkey-Reason"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("expired at " + end));
        Instant laterEnd = end.plus(Duration.ofMinutes(61));
        assertThat(tokenFor(assertion("later", laterEnd)).statusCode()).isEqualTo(200);
    }

    @Test
    void usedAssertion_isRefused_alsoWhenTheClockIsSetBack() throws Exception {
        Instant end = DevService.START.plus(Duration.ofMinutes(5));
        String used = assertion("once", end);
        assertThat(tokenFor(used).statusCode()).isEqualTo(200);
        pass("2d");

        clock("{\"now\":\"" + DevService.START + "\"}");

        HttpResponse<String> answer = tokenFor(used);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("X-Latchkey-Reason"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("was used before"));
        assertThat(tokenFor(assertion("another", end)).statusCode()).isEqualTo(200);
    }

    @Test
    void session_ends_onceItWasIdleForAnHour() throws Exception {
        String cookie = signIn();
        pass("59m");
        assertThat(session(cookie)).isEqualTo(200);
        pass("59m");
        assertThat(session(cookie)).isEqualTo(200);

        pass("61m");

        assertThat(session(cookie)).isEqualTo(401);
        assertThat(session(signIn())).isEqualTo(200);
    }

    @Test
    void key_expires() throws Exception {
        Map<String, String> form = Map.of("grant_type", "client_credentials");
        pass("59m");
        assertThat(service.form("/connect/token", "trial", "trial-secret", form).statusCode())
                .isEqualTo(200);

        pass("1m");

        HttpResponse<String> answer = service.form("/connect/token", "trial", "trial-secret", form);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(DevService.json(answer).path("error").asText()).isEqualTo("invalid_client");
    }

    @Test
    void retiredSigningKey_leavesTheJwkSet_afterTheLastOfItsTokens() throws Exception {
        String token = service.token("fx");
        String retired = rotated();
        assertThat(service.isActive(token)).isTrue();
        pass("60m");
        assertThat(service.get("/.well-known/jwks.json").body()).contains(retired);

        pass("1m");

        assertThat(service.get("/.well-known/jwks.json").body()).doesNotContain(retired);
        assertThat(service.isActive(token)).isFalse();
        assertThat(service.isActive(service.token("fx"))).isTrue();
    }

    /** Rotates, and gives the kid of the key that is retired by that. */
    private static String rotated() throws IOException, InterruptedException {
        String kid = DevService.json(service.call("POST", "/dev/tokens", ""))
                .path("header")
                .path("kid")
                .asText();
        HttpResponse<String> answer = service.call("POST", "/dev/signing-keys", "{\"do\":\"rotate\"}");
        assertThat(DevService.json(answer).path("signing").asText()).isNotEqualTo(kid);
        assertThat(DevService.json(answer).path("published").toString()).contains(kid);
        return kid;
    }

    private static void pass(String duration) throws IOException, InterruptedException {
        clock("{\"advance\":\"" + duration + "\"}");
    }

    private static void clock(String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = service.call("PUT", "/dev/clock", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static int verify(String token) throws IOException, InterruptedException {
        return service.send(HttpRequest.newBuilder(service.uri("/connect/verify?scope=fx"))
                        .header("Authorization", "Bearer " + token)
                        .build())
                .statusCode();
    }

    private static String assertion(String id, Instant end) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("signer")
                .subject("signer")
                .audience("http://localhost:" + service.port() + "/connect/token")
                .jwtID(id)
                .expirationTime(Date.from(end))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("client").build(), claims);
        jwt.sign(new ECDSASigner(clientKey));
        return jwt.serialize();
    }

    private static HttpResponse<String> tokenFor(String assertion) throws IOException, InterruptedException {
        String form = "grant_type=client_credentials&client_assertion_type="
                + "urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=" + assertion;
        return service.send(HttpRequest.newBuilder(service.uri("/connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    /** The cookie of a new session of the owner. */
    private static String signIn() throws IOException, InterruptedException {
        HttpResponse<String> answer = service.send(HttpRequest.newBuilder(service.uri("/api/session"))
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(
                        "{\"username\":\"owner\",\"password\":\"" + DevService.OWNER_PASSWORD + "\"}"))
                .build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static int session(String cookie) throws IOException, InterruptedException {
        return service.send(HttpRequest.newBuilder(service.uri("/api/session"))
                        .header("Cookie", cookie)
                        .build())
                .statusCode();
    }
}
