package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.header;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import dev.latchkey.jose.TokenInspector;
import dev.latchkey.permission.Actor;
import dev.latchkey.signingkey.RotationMode;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Services that sign by ES256 and EdDSA, and verifiers that others wrote. */
class SigningAlgorithmsTest {
    private static final String OPENID = "/.well-known/openid-configuration";

    @TempDir
    Path folder;

    @Test
    void es256_isTakenByNimbusAndSpring_andByTheServiceItself() throws Exception {
        try (TestService service = start("ES256")) {
            NewAccessKey key = service.key("fx");
            String token = accessToken(service.token(key, ""));

            assertThat(nimbus(service).process(token, null).getSubject())
                    .isEqualTo(key.key().id());
            assertThat(spring(service).decode(token).getSubject())
                    .isEqualTo(key.key().id());
            assertOwnVerification(service, key, token);
            Map<String, Object> jwk = jwks(service).get(0);
            assertThat(jwk.keySet()).containsExactlyInAnyOrder("kty", "use", "alg", "kid", "crv", "x", "y");
            assertThat(jwk)
                    .containsEntry("kty", "EC")
                    .containsEntry("alg", "ES256")
                    .containsEntry("use", "sig")
                    .containsEntry("crv", "P-256");
            assertThat(json(service.get(OPENID)))
                    .containsEntry("id_token_signing_alg_values_supported", List.of("ES256"));
        }
    }

    @Test
    void eddsa_isVerifiedByThePlatformAlone_andByTheServiceItself() throws Exception {
        try (TestService service = start("EdDSA")) {
            NewAccessKey key = service.key("fx");
            String token = accessToken(service.token(key, ""));

            Map<String, Object> jwk = jwks(service).get(0);
            assertThat(jwk.keySet()).containsExactlyInAnyOrder("kty", "use", "alg", "kid", "crv", "x");
            assertThat(jwk)
                    .containsEntry("kty", "OKP")
                    .containsEntry("alg", "EdDSA")
                    .containsEntry("crv", "Ed25519");
            String[] parts = token.split("\\.", -1);
            Signature verifier = Signature.getInstance("Ed25519");
            byte[] x = Base64.getUrlDecoder().decode(String.valueOf(jwk.get("x")));
            verifier.initVerify(KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(HexFormat.of()
                            .parseHex(
                                    "302a300506032b6570032100" + HexFormat.of().formatHex(x)))));
            verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
            assertOwnVerification(service, key, token);
            assertThat(json(service.get(OPENID)))
                    .containsEntry("id_token_signing_alg_values_supported", List.of("EdDSA"));
        }
    }

    /** From RS256 to ES256: what was signed stays good, and no verifier meets a token before its key. */
    @Test
    void changeOfAlgorithm_comesWithTheRotation_andKeepsOldTokens() throws Exception {
        String issuer = "https://id.example";
        try (TestService before = TestService.start(folder, Map.of(ServeFlag.ISSUER, issuer));
                TestService service =
                        before.again(Map.of(ServeFlag.ISSUER, issuer, ServeFlag.SIGNING_ALGORITHM, "ES256"))) {
            before.keepUp();
            NewAccessKey key = service.key("fx");
            String old = accessToken(service.token(key, ""));
            assertThat(header(old)).containsEntry("alg", "RS256");
            assertThat(jwks(service))
                    .isEqualTo(jwks(before))
                    .extracting(jwk -> jwk.get("alg"))
                    .containsExactly("RS256", "ES256");
            assertThat(json(service.get(OPENID)))
                    .containsEntry("id_token_signing_alg_values_supported", List.of("RS256", "ES256"));

            service.clock().advance(Duration.ofMinutes(5));
            service.services().signingKeys(null, null, 2048).rotate(Actor.operator("test"), RotationMode.WHEN_KNOWN);
            service.keepUp();
            before.keepUp();

            String fresh = accessToken(before.token(key, ""));
            assertThat(header(fresh)).containsEntry("alg", "ES256");
            assertThat(header(accessToken(service.token(key, "")))).containsEntry("alg", "ES256");
            assertThat(nimbus(service).process(fresh, null)).isNotNull();
            assertThat(service.verify(fresh, "").statusCode()).isEqualTo(200);
            assertThat(service.verify(old, "").statusCode()).isEqualTo(200);
        }
    }

    private TestService start(String algorithm) {
        return TestService.start(folder, Map.of(ServeFlag.SIGNING_ALGORITHM, algorithm));
    }

    private static void assertOwnVerification(TestService service, NewAccessKey key, String token) {
        assertThat(service.verify(token, "?scope=fx").statusCode()).isEqualTo(200);
        assertThat(service.verify(token.substring(0, token.length() - 4) + "AAAA", "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(json(service.post("/connect/introspect", key, "token=" + token)))
                .containsEntry("active", true);
        String jwks = service.get("/.well-known/jwks.json").body();
        TokenInspector inspector = TokenInspector.ofJwkSet(jwks, service.clock());
        assertThat(inspector.inspect(token, null).reason()).isNull();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> jwks(TestService service) {
        return (List<Map<String, Object>>)
                json(service.get("/.well-known/jwks.json")).get("keys");
    }

    private static URL jwksUrl(TestService service) throws Exception {
        return URI.create(service.url() + "/.well-known/jwks.json").toURL();
    }

    private static DefaultJWTProcessor<SecurityContext> nimbus(TestService service) throws Exception {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.ES256, JWKSourceBuilder.create(jwksUrl(service)).build()));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        return processor;
    }

    private static NimbusJwtDecoder spring(TestService service) throws Exception {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(
                        jwksUrl(service).toString())
                .jwsAlgorithm(SignatureAlgorithm.ES256)
                .jwtProcessorCustomizer(processor ->
                        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"))))
                .build();
        decoder.setJwtValidator(jwt -> OAuth2TokenValidatorResult.success());
        return decoder;
    }
}
