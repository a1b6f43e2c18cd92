package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Clients and resource servers that others wrote, against the running service. */
class ThirdPartyClientsTest {
    @RegisterExtension
    private final TestService service = TestService.fresh();

    private NewAccessKey key;

    @BeforeEach
    void start() {
        key = service.key("fx", "vault");
    }

    @Test
    void nimbus_discovers_asks_andVerifies() throws Exception {
        AuthorizationServerMetadata metadata = AuthorizationServerMetadata.resolve(new Issuer(service.issuer()));
        ClientID id = new ClientID(key.key().id());
        Secret secret = new Secret(key.secret().reveal());

        for (ClientAuthentication client :
                Set.of(new ClientSecretBasic(id, secret), new ClientSecretPost(id, secret))) {
            TokenRequest request = new TokenRequest.Builder(
                            metadata.getTokenEndpointURI(), client, new ClientCredentialsGrant())
                    .scope(new Scope("vault"))
                    .build();
            TokenResponse response = TokenResponse.parse(request.toHTTPRequest().send());

            assertThat(response.indicatesSuccess()).isTrue();
            AccessToken token = response.toSuccessResponse().getTokens().getAccessToken();
            assertThat(token.getScope()).isEqualTo(new Scope("vault"));
            JWTClaimsSet claims =
                    nimbusVerifier(metadata.getJWKSetURI().toURL()).process(token.getValue(), null);
            assertThat(claims.getStringClaim("client_id")).isEqualTo(key.key().id());
        }
    }

    @Test
    void spring_accepts_theToken() {
        Jwt jwt = springDecoder().decode(accessToken(service.token(key, "")));

        assertThat(jwt.getSubject()).isEqualTo(key.key().id());
        assertThat(jwt.getClaimAsString("scope")).isEqualTo("fx vault");
        assertThat(jwt.getAudience()).containsExactly(service.issuer());
    }

    @Test
    void spring_refuses_anExpiredToken() {
        String token = accessToken(service.token(key, ""));
        NimbusJwtDecoder decoder = springDecoder();

        service.clock().advance(Duration.ofSeconds(3599));
        decoder.decode(token);
        service.clock().advance(Duration.ofSeconds(2));

        assertThatThrownBy(() -> decoder.decode(token))
                .isInstanceOf(JwtException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void spring_refuses_aTamperedToken() {
        String[] parts = accessToken(service.token(key, "")).split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String more = base64(claims.replace("fx vault", "fx vault admin"));

        assertRefused(parts[0] + "." + more + "." + parts[2]);
    }

    @Test
    void spring_refuses_algNone() {
        String[] parts = accessToken(service.token(key, "")).split("\\.", -1);

        assertRefused(base64("{\"alg\":\"none\",\"typ\":\"at+jwt\"}") + "." + parts[1] + ".");
    }

    @Test
    void spring_refuses_hs256SignedWithThePublicKey() throws Exception {
        SignedJWT genuine = SignedJWT.parse(accessToken(service.token(key, "")));
        RSAKey published = (RSAKey) JWKSet.load(jwksUrl()).getKeys().get(0);
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .keyID(published.getKeyID())
                        .build(),
                genuine.getJWTClaimsSet());
        forged.sign(new MACSigner(publicKeyBytes(published)));

        assertRefused(forged.serialize());
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> springDecoder().decode(token)).isInstanceOf(JwtException.class);
    }

    private NimbusJwtDecoder springDecoder() {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(jwksUrl().toString())
                .jwtProcessorCustomizer(processor ->
                        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"))))
                .build();
        JwtTimestampValidator timestamps = new JwtTimestampValidator(Duration.ZERO);
        timestamps.setClock(service.clock());
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(timestamps, new JwtIssuerValidator(service.issuer())));
        return decoder;
    }

    private static DefaultJWTProcessor<SecurityContext> nimbusVerifier(URL jwks) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.RS256, JWKSourceBuilder.create(jwks).build()));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        return processor;
    }

    private URL jwksUrl() {
        try {
            return URI.create(service.url() + "/.well-known/jwks.json").toURL();
        } catch (java.net.MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] publicKeyBytes(RSAKey key) {
        try {
            return key.toRSAPublicKey().getEncoded();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
