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
import dev.latchkey.harness.Answers;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One stand-in by several names, as a container has them: who may reach what, and what it calls itself. */
class HostsTest {
    private static final ECKey EC = ec();
    private static final String SEED = "{\"scopes\":[{\"name\":\"fx\"}],\"keys\":[{\"id\":\"signer\",\"secret\":\"s\","
            + "\"name\":\"signer\",\"scopes\":[\"fx\"],\"jwks\":{\"keys\":[" + EC.toPublicJWK() + "]}}]}";

    private static TestStandIn standIn;
    private static TestStandIn withPath;

    private static ECKey ec() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID("ec")
                    .algorithm(JWSAlgorithm.ES256)
                    .generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void start() {
        Map<ServeFlag, String> anywhere = Map.of(ServeFlag.HOST, "0.0.0.0", ServeFlag.DEV_HOSTS, "auth.test");
        standIn = TestStandIn.start(anywhere, Map.of("LATCHKEY_SEED", SEED));
        withPath = TestStandIn.start(Map.of(ServeFlag.ISSUER, "https://login.example/tenants/a"));
    }

    @AfterAll
    static void stop() {
        standIn.close();
        withPath.close();
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    private static Map<String, Object> json(String answer) {
        return Answers.json(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    private static String get(TestStandIn from, String path, String... headers) {
        return from.raw("GET " + path, List.of(headers), "");
    }

    @Test
    void listeningAnywhere_theIssuerIsStillLocalhost() {
        assertThat(standIn.issuer()).isEqualTo("http://localhost:" + standIn.port());
        assertThat(TestStandIn.claims(standIn.token("&scope=x"))).containsEntry("iss", standIn.issuer());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "127.0.0.1",
                "10.1.2.3:18080",
                "[::1]:8080",
                "latchkey:8080",
                "LATCHKEY",
                "auth.test",
                "Auth.Test.:443"
            })
    void devAndApi_answerToNamesThatNoPageCanHave(String host) {
        assertThat(status(get(standIn, "/dev/no-such", "Host: " + host))).isEqualTo(404);
        assertThat(status(get(standIn, "/api/keys", "Host: " + host))).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebind.example",
                "rebind.example:8080",
                "localhost.evil.example",
                "127.0.0.1.nip.io",
                "auth.test.evil",
                "a@localhost.example",
                ""
            })
    void devAndApi_refuseANameThatAPageCanHave(String host) {
        for (String path : List.of("/dev", "/dev/clock", "/api/keys", "/api/session")) {
            String answer = get(standIn, path, "Host: " + host);
            assertThat(status(answer)).as(path + " " + answer).isIn(400, 403);
        }
        assertThat(status(get(standIn, "/dev/clock", "Host: rebind.example"))).isEqualTo(403);
        assertThat(status(get(standIn, "http://rebind.example/dev/clock", "Host: localhost")))
                .isIn(400, 403);
    }

    @Test
    void devAndApi_refuseAForeignOrigin() {
        String host = "latchkey:8080";
        for (String path : List.of("/dev/clock", "/api/keys")) {
            assertThat(status(get(standIn, path, "Host: " + host, "Origin: https://evil.example")))
                    .isEqualTo(403);
            assertThat(status(get(standIn, path, "Host: " + host, "Origin: null")))
                    .isEqualTo(403);
            assertThat(status(get(standIn, path, "Host: " + host, "Origin: http://latchkey:9090")))
                    .isEqualTo(403);
            assertThat(status(get(standIn, path, "Host: " + host, "Origin: http://latchkey:8080", "Origin: http://x")))
                    .isEqualTo(403);
            assertThat(status(get(standIn, path, "Host: " + host, "Origin: http://" + host)))
                    .isNotEqualTo(403);
            assertThat(status(get(standIn, path, "Host: " + host, "Origin: " + standIn.issuer())))
                    .isNotEqualTo(403);
        }
    }

    @Test
    void tokensAndDocuments_answerToEveryName() {
        assertThat(status(get(standIn, "/.well-known/jwks.json", "Host: rebind.example")))
                .isEqualTo(200);
        assertThat(status(get(
                        standIn,
                        "/.well-known/openid-configuration",
                        "Host: rebind.example",
                        "Origin: https://spa.example")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "latchkey:8080, http://latchkey:8080",
        "127.0.0.1:18080, http://127.0.0.1:18080",
        "host.docker.internal, http://host.docker.internal",
        "[::1]:8080, http://[::1]:8080",
        "Latchkey:8080, http://latchkey:8080"
    })
    void metadata_followsTheHostAsked_andTheIssuerDoesNot(String host, String base) {
        for (String path : List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")) {
            String answer = get(standIn, path, "Host: " + host, "X-Forwarded-Proto: https", "X-Forwarded-Host: evil");
            assertThat(answer).contains("Access-Control-Allow-Origin: *");
            assertThat(json(answer))
                    .containsEntry("issuer", standIn.issuer())
                    .containsEntry("token_endpoint", base + "/connect/token")
                    .containsEntry("introspection_endpoint", base + "/connect/introspect")
                    .containsEntry("revocation_endpoint", base + "/connect/revocation")
                    .containsEntry("jwks_uri", base + "/.well-known/jwks.json");
        }
    }

    @Test
    void metadata_ofAnIssuerWithAPath_keepsThePath() {
        for (String path : List.of(
                "/.well-known/openid-configuration",
                "/tenants/a/.well-known/openid-configuration",
                "/.well-known/oauth-authorization-server/tenants/a")) {
            assertThat(json(get(withPath, path, "Host: latchkey:8080")))
                    .containsEntry("issuer", "https://login.example/tenants/a")
                    .containsEntry("token_endpoint", "http://latchkey:8080/tenants/a/connect/token");
            assertThat(json(get(withPath, path, "Host: login.example")))
                    .containsEntry("token_endpoint", "https://login.example/tenants/a/connect/token");
        }
    }

    @Test
    void metadata_takesNoHostThatIsNone() {
        assertThat(status(get(standIn, "/.well-known/openid-configuration", "Host: a\"b")))
                .isEqualTo(400);
        assertThat(json(get(standIn, "/.well-known/openid-configuration", "Host: a!b")))
                .containsEntry("token_endpoint", standIn.issuer() + "/connect/token");
        assertThat(status(standIn.raw("POST /.well-known/openid-configuration", List.of("Host: latchkey"), "")))
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://latchkey:8080", "http://127.0.0.1:18080", "http://localhost", "http://auth.test:1"})
    void assertion_mayNameTheTokenEndpointAtANameOfTheService(String base) throws Exception {
        assertThat(assertionStatus(base + "/connect/token")).isEqualTo(200);
    }

    @Test
    void assertion_mayNameTheTokenEndpointThatMetadataNamed() throws Exception {
        assertThat(assertionStatus("http://host.docker.test:8080/connect/token"))
                .isEqualTo(401);
        String token = (String) json(get(standIn, "/.well-known/openid-configuration", "Host: host.docker.test:8080"))
                .get("token_endpoint");
        assertThat(assertionStatus(token)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example/connect/token",
                "https://latchkey:8080/connect/token",
                "http://latchkey:8080/connect/introspect",
                "http://latchkey:8080/connect/token?x",
                "http://latchkey:8080",
                "http://u@latchkey:8080/connect/token",
                "latchkey"
            })
    void assertion_forAnythingElse_isRefused(String audience) throws Exception {
        assertThat(assertionStatus(audience)).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /nothing, There is nothing here.",
        "GET /connect/token, This path answers POST only.",
        "PUT /.well-known/jwks.json, 'This path answers GET, HEAD, OPTIONS only.'",
        "DELETE /health/live, 'This path answers GET, HEAD only.'",
        "POST /connect/introspect, ''",
        "GET /connect/verify, ''",
        "GET /api/keys, ''",
        "GET /dev/nothing, There is nothing here.",
        "PATCH /dev/clock, This path answers",
        "GET //a, The path has an empty segment"
    })
    void everyRefusal_saysWhy(String line, String reason) {
        String answer = standIn.raw(line, List.of("Host: localhost"), "");

        assertThat(status(answer)).as(answer).isGreaterThanOrEqualTo(400);
        assertThat(answer).contains("X-Latchkey-Reason: " + reason);
    }

    private static int assertionStatus(String audience) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("signer")
                .subject("signer")
                .audience(audience)
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(), claims);
        jwt.sign(new ECDSASigner(EC));
        String form = "grant_type=client_credentials&client_assertion_type="
                + "urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion=" + jwt.serialize();
        return status(standIn.raw(
                "POST /connect/token",
                List.of("Host: latchkey:8080", "Content-Type: application/x-www-form-urlencoded"),
                form));
    }
}
