package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.header;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.jwt.JwtException;

/** {@code --token-typ}: which {@code typ} tokens have, and who takes which. */
class TokenTypTest {
    @RegisterExtension
    private final TestService service = TestService.fresh(Map.of(ServeFlag.TOKEN_TYP, "JWT"));

    private NewAccessKey key;

    @BeforeEach
    void start() {
        key = service.key("fx", "latchkey:developer");
    }

    @Test
    void header_saysJwt_andNothingElseChanges() {
        String token = accessToken(service.token(key, ""));

        assertThat(header(token)).containsEntry("typ", "JWT").containsOnlyKeys("alg", "typ", "kid");
        assertThat(service.get("/.well-known/openid-configuration").body()).doesNotContain("typ\"");
    }

    @Test
    void ownEndpoints_takeBoth_alsoAfterTheFlagChanged() {
        Map<ServeFlag, String> sameIssuer = Map.of(ServeFlag.ISSUER, service.issuer());
        String jwt = accessToken(service.token(key, ""));
        try (TestService restarted = service.again(sameIssuer)) {
            String atJwt = accessToken(restarted.token(key, ""));

            assertThat(header(atJwt)).containsEntry("typ", "at+jwt");
            for (TestService each : new TestService[] {service, restarted}) {
                for (String token : new String[] {jwt, atJwt}) {
                    assertThat(each.verify(token, "?scope=fx").statusCode()).isEqualTo(200);
                    assertThat(json(each.post("/connect/introspect", key, "token=" + token)))
                            .containsEntry("active", true);
                    HttpRequest.Builder api = each.request("/api/keys").header("Authorization", "Bearer " + token);
                    assertThat(each.send(api.GET()).statusCode()).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void spring_givenNothingButTheIssuer_takesJwt_andNotAtJwt() {
        // Spring goes by the machine's clock.
        service.clock().advance(Duration.between(service.clock().instant(), Instant.now()));
        String jwt = accessToken(service.token(key, ""));

        assertThat(JwtDecoders.fromIssuerLocation(service.issuer()).decode(jwt).getSubject())
                .isEqualTo(key.key().id());
        try (TestService standard = service.again()) {
            String atJwt = accessToken(standard.token(key, ""));
            assertThatThrownBy(() ->
                            JwtDecoders.fromIssuerLocation(standard.issuer()).decode(atJwt))
                    .isInstanceOf(JwtException.class);
        }
    }
}
