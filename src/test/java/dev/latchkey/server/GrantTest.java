package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.client.ClientAssertions;
import dev.latchkey.client.ClientAuthenticator;
import dev.latchkey.client.ClientProof;
import dev.latchkey.client.ClientRefusedException;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.harness.Trees;
import dev.latchkey.issuer.FederatedUses;
import dev.latchkey.jose.AssertionJwt;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.token.AccessTokenClaims;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.TokenSettings;
import dev.latchkey.token.issuing.ClientCredentialsGrant;
import dev.latchkey.token.issuing.Grant;
import dev.latchkey.token.issuing.StandardIssuingRules;
import dev.latchkey.token.issuing.TokenIssuer;
import dev.latchkey.token.issuing.TokenRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a grant decides, and what is the same for each. */
class GrantTest {
    private final MutableClock clock = new MutableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final List<AccessTokenClaims> signed = new ArrayList<>();
    private SqlStore store;
    private NewAccessKey key;
    private TokenIssuer issuer;

    /** Resource owner password credentials (RFC 6749 §4.3), for one person. */
    private static final class AliceGrant implements Grant {
        @Override
        public String type() {
            return "password";
        }

        @Override
        public Subject subject(TokenRequest request, AccessKey client) {
            if (!"alice".equals(request.parameters().get("username"))) {
                throw TokenRefusedException.of(OAuthError.INVALID_REQUEST, "Nobody has this name.");
            }
            return new Subject("alice", CustomClaims.of(Trees.object(Map.of("role", "tester"))));
        }
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        String db = folder.resolve("grants.db").toString();
        try (Services services = Services.open(db, true, clock)) {
            key = services.accessKeys()
                    .create(
                            Actor.operator("test"),
                            AccessKeySettings.named("grants", ScopeSet.of(List.of("fx", "vault"))),
                            true);
        }
        store = SqlStore.open(db, SqlStore.Mode.EXISTING);
        ClientAssertions assertions = new ClientAssertions(
                new AssertionJwt(), store.assertions(), Set.of("https://id.example"), audience -> false, clock);
        TokenSettings settings = new TokenSettings("https://id.example", "https://api.example", Duration.ofHours(1));
        issuer = new TokenIssuer(
                new ClientAuthenticator(
                        store.accessKeys(),
                        assertions,
                        Services.workloads(store, new FederatedUses(store.issuers()), "https://id.example", clock)),
                List.of(new ClientCredentialsGrant(), new AliceGrant()),
                new AccessKeyUses(store.accessKeys()),
                claims -> {
                    signed.add(claims);
                    return new byte[0];
                },
                settings,
                new StandardIssuingRules(settings),
                clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void issue_clientCredentials_isAboutTheClient() {
        issue(key.secret().reveal(), "client_credentials", null, Map.of());

        AccessTokenClaims claims = signed.get(0);
        assertThat(claims.subject()).isEqualTo(key.key().id()).isEqualTo(claims.clientId());
        assertThat(claims.custom()).isEqualTo(key.key().settings().claims());
    }

    @Test
    void issue_anotherGrant_saysWhomTheTokenIsAbout_andTheRestIsShared() {
        issue(key.secret().reveal(), "password", "vault", Map.of("username", "alice"));

        AccessTokenClaims claims = signed.get(0);
        assertThat(claims.subject()).isEqualTo("alice");
        assertThat(claims.clientId()).isEqualTo(key.key().id());
        assertThat(claims.custom().json()).contains("tester");
        assertThat(claims.scope().toString()).isEqualTo("vault");
        assertThat(claims.audience()).containsExactly("https://api.example");
        assertThat(claims.expiresAt()).isEqualTo(clock.instant().plusSeconds(3600));
    }

    @Test
    void grantTypes_areThoseThatThereAre() {
        assertThat(issuer.grantTypes()).containsExactly("client_credentials", "password");
    }

    @Test
    void issue_checksClient_thenGrantType_thenGrant_thenScope() {
        String secret = key.secret().reveal();

        assertThatThrownBy(() -> issue("wrong", "magic", "other", Map.of())).isInstanceOf(ClientRefusedException.class);
        assertRefused(OAuthError.UNSUPPORTED_GRANT_TYPE, secret, "magic", Map.of());
        assertRefused(OAuthError.INVALID_REQUEST, secret, null, Map.of());
        assertRefused(OAuthError.INVALID_REQUEST, secret, "password", Map.of());
        assertRefused(OAuthError.INVALID_SCOPE, secret, "password", Map.of("username", "alice"));
        assertThat(signed).isEmpty();
    }

    @Test
    void issue_missingOrUnknownGrantType_namesThoseThatThereAre() {
        String secret = key.secret().reveal();

        assertThatThrownBy(() -> issue(secret, null, null, Map.of()))
                .hasMessageContaining("send grant_type=client_credentials or password.");
        assertThatThrownBy(() -> issue(secret, "magic", null, Map.of()))
                .isInstanceOfSatisfying(
                        TokenRefusedException.class,
                        e -> assertThat(e.description())
                                .isEqualTo("Only grant_type=client_credentials or password is supported."));
    }

    private void assertRefused(OAuthError error, String secret, @Nullable String type, Map<String, String> more) {
        assertThatThrownBy(() -> issue(secret, type, "other", more))
                .isInstanceOfSatisfying(TokenRefusedException.class, e -> {
                    assertThat(e.error()).isEqualTo(error);
                    assertThat(e).hasMessageContaining(key.key().id());
                });
    }

    private void issue(String secret, @Nullable String type, @Nullable String scope, Map<String, String> more) {
        var unused = issuer.issue(new TokenRequest(
                new ClientProof.Credentials(key.key().id(), secret), type, scope, List.of(), null, more::get));
    }
}
