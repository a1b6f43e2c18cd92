package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.ScopeSet;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Introspection, revocation and private_key_jwt by a client that others wrote, from the metadata alone. */
class NimbusTokenCareTest {
    @RegisterExtension
    private final TestService service = TestService.fresh();

    private NewAccessKey key;
    private AuthorizationServerMetadata metadata;

    @BeforeEach
    void start() throws Exception {
        key = service.key("fx", "vault");
        metadata = AuthorizationServerMetadata.resolve(new Issuer(service.issuer()));
    }

    @Test
    void metadata_namesEveryMethod() {
        List<ClientAuthenticationMethod> methods = List.of(
                ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
                ClientAuthenticationMethod.CLIENT_SECRET_POST,
                ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        List<JWSAlgorithm> algorithms = List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

        assertThat(metadata.getTokenEndpointAuthMethods()).isEqualTo(methods);
        assertThat(metadata.getIntrospectionEndpointAuthMethods()).isEqualTo(methods);
        assertThat(metadata.getRevocationEndpointAuthMethods()).isEqualTo(methods);
        assertThat(metadata.getTokenEndpointJWSAlgs()).isEqualTo(algorithms);
        assertThat(metadata.getIntrospectionEndpointJWSAlgs()).isEqualTo(algorithms);
        assertThat(metadata.getRevocationEndpointJWSAlgs()).isEqualTo(algorithms);
    }

    @Test
    void nimbus_introspects_revokes_andIntrospects() throws Exception {
        BearerAccessToken token = new BearerAccessToken(accessToken(service.token(key, "")));
        ClientID id = new ClientID(key.key().id());
        Secret secret = new Secret(key.secret().reveal());

        TokenIntrospectionSuccessResponse active = introspect(new ClientSecretBasic(id, secret), token);
        assertThat(active.isActive()).isTrue();
        assertThat(active.getScope().toString()).isEqualTo("fx vault");
        assertThat(active.getClientID()).isEqualTo(id);
        assertThat(active.getSubject().getValue()).isEqualTo(id.getValue());
        assertThat(active.getTokenType()).isEqualTo(AccessTokenType.BEARER);
        assertThat(active.getIssuer()).isEqualTo(new Issuer(service.issuer()));
        assertThat(active.getAudience()).isEqualTo(Audience.create(service.issuer()));
        assertThat(active.getIssueTime().toInstant()).isEqualTo(service.clock().instant());
        assertThat(active.getExpirationTime().toInstant())
                .isEqualTo(service.clock().instant().plusSeconds(3600));
        assertThat(active.getJWTID()).isNotNull();

        HTTPResponse revoked = new TokenRevocationRequest(
                        metadata.getRevocationEndpointURI(), new ClientSecretPost(id, secret), token)
                .toHTTPRequest()
                .send();
        assertThat(revoked.getStatusCode()).isEqualTo(200);
        TokenIntrospectionSuccessResponse inactive = introspect(new ClientSecretPost(id, secret), token);
        assertThat(inactive.isActive()).isFalse();
        assertThat(inactive.toJSONObject()).hasSize(1);
    }

    @Test
    void nimbus_withTheWrongSecret_isTold401() throws Exception {
        TokenIntrospectionResponse answer = TokenIntrospectionResponse.parse(new TokenIntrospectionRequest(
                        metadata.getIntrospectionEndpointURI(),
                        new ClientSecretBasic(new ClientID(key.key().id()), new Secret("wrong")),
                        new BearerAccessToken("x"))
                .toHTTPRequest()
                .send());

        assertThat(answer.toErrorResponse().getErrorObject().getHTTPStatusCode())
                .isEqualTo(401);
        assertThat(answer.toErrorResponse().getErrorObject().getCode()).isEqualTo("invalid_client");
    }

    @Test
    void nimbus_signs_withRsaAndEcKeys_atEveryEndpoint() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
        ECKey ec = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        AccessKey signing = service.services()
                .accessKeys()
                .createWithoutSecret(
                        Actor.operator("test"),
                        new AccessKeySettings(
                                "signing",
                                "",
                                ScopeSet.of(List.of("fx")),
                                true,
                                null,
                                List.of(),
                                new JWKSet(List.of(rsa, ec)).toString(true),
                                CustomClaims.NONE,
                                null),
                        false);

        for (JWSAlgorithm alg : List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256)) {
            boolean isEc = alg.equals(JWSAlgorithm.ES256);
            PrivateKey privateKey = isEc ? ec.toPrivateKey() : rsa.toPrivateKey();
            String kid = isEc ? ec.getKeyID() : rsa.getKeyID();
            TokenResponse response = TokenResponse.parse(new TokenRequest.Builder(
                            metadata.getTokenEndpointURI(),
                            assertion(signing, alg, privateKey, kid),
                            new ClientCredentialsGrant())
                    .build()
                    .toHTTPRequest()
                    .send());
            assertThat(response.indicatesSuccess()).as(alg.getName()).isTrue();
            AccessToken token = response.toSuccessResponse().getTokens().getAccessToken();

            assertThat(introspect(assertion(signing, alg, privateKey, kid), token)
                            .isActive())
                    .isTrue();
            HTTPResponse revoked = new TokenRevocationRequest(
                            metadata.getRevocationEndpointURI(), assertion(signing, alg, privateKey, kid), token)
                    .toHTTPRequest()
                    .send();
            assertThat(revoked.getStatusCode()).isEqualTo(200);
            assertThat(introspect(assertion(signing, alg, privateKey, kid), token)
                            .isActive())
                    .isFalse();
        }
    }

    private TokenIntrospectionSuccessResponse introspect(ClientAuthentication client, AccessToken token)
            throws Exception {
        return TokenIntrospectionResponse.parse(
                        new TokenIntrospectionRequest(metadata.getIntrospectionEndpointURI(), client, token)
                                .toHTTPRequest()
                                .send())
                .toSuccessResponse();
    }

    private PrivateKeyJWT assertion(AccessKey of, JWSAlgorithm alg, PrivateKey privateKey, String kid)
            throws Exception {
        Instant now = service.clock().instant();
        JWTAuthenticationClaimsSet claims = new JWTAuthenticationClaimsSet(
                new ClientID(of.id()),
                new Audience(metadata.getTokenEndpointURI()).toSingleAudienceList(),
                Date.from(now.plusSeconds(60)),
                Date.from(now),
                Date.from(now),
                new JWTID());
        return new PrivateKeyJWT(claims, alg, privateKey, kid, null);
    }
}
