package dev.latchkey.http;

import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.latchkey.harness.TestService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which members the metadata has (RFC 8414 §2, §3.2; OpenID Connect Discovery §3). */
class MetadataMembersTest {
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final String OPENID = "/.well-known/openid-configuration";

    @RegisterExtension
    private final TestService service = TestService.fresh();

    @ParameterizedTest
    @ValueSource(strings = {OAUTH, OPENID})
    void noMember_isEmpty_andAnEmptyCatalogueIsLeftOut(String path) {
        assertThat(json(service.get(path)))
                .doesNotContainKey("scopes_supported")
                .allSatisfy((name, value) ->
                        assertThat(value).as(name).isNotEqualTo(List.of()).isNotEqualTo(""));
        service.key("fx");
        service.keepUp();
        assertThat(json(service.get(path))).containsEntry("scopes_supported", List.of("fx"));
    }

    @Test
    void both_areReadByAThirdParty() throws Exception {
        AuthorizationServerMetadata oauth =
                AuthorizationServerMetadata.parse(service.get(OAUTH).body());
        OIDCProviderMetadata openId =
                OIDCProviderMetadata.parse(service.get(OPENID).body());

        assertThat(oauth.getTokenEndpointURI()).hasToString(service.issuer() + "/connect/token");
        assertThat(openId.getTokenEndpointURI()).hasToString(service.issuer() + "/connect/token");
        assertThat(openId.getSubjectTypes()).isNotEmpty();
        assertThat(openId.getIDTokenJWSAlgs()).isNotEmpty();
    }
}
