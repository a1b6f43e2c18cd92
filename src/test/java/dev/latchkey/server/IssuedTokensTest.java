package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.claims;
import static dev.latchkey.harness.Answers.json;
import static dev.latchkey.harness.TestService.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.Imported;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.Forgeries;
import dev.latchkey.harness.TestService;
import dev.latchkey.harness.Trees;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.ScopeSet;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How long a token counts, as introspection and forward authentication say with one voice. */
class IssuedTokensTest {
    private static final Actor OWNER = Actor.operator("test");
    private static final Map<ServeFlag, String> ISSUER = Map.of(ServeFlag.ISSUER, "https://id.example");

    private static final String GIVEN_ID = "orders";
    private static final String GIVEN_SECRET = "a-given-secret-of-40-characters-at-least";

    @RegisterExtension
    private final TestService service = TestService.fresh(ISSUER);

    private NewAccessKey key;
    private NewAccessKey asking;
    private String token;

    @BeforeEach
    void start() {
        key = service.key("fx", "vault");
        asking = service.key("fx");
        token = accessToken(service.token(key, ""));
        assertActive(service, token);
    }

    @Test
    void forgeries_areRefused() {
        Map<String, String> forged = Forgeries.of(service, token);

        assertThat(forged).hasSizeGreaterThan(20);
        forged.forEach((what, forgery) -> assertRefused(what, service, forgery));
        assertActive(service, token);
    }

    @Test
    void garbage_isRefused() {
        for (String garbage : List.of("x", "a.b.c", token + token, "A".repeat(8000), "acs_x", "%", "🔑")) {
            assertThat(introspect(service, garbage)).isEqualTo("{\"active\":false}");
        }
        for (String garbage : List.of("x", "a.b.c", token + token, "A".repeat(8000), "", "x y", token + " x")) {
            assertThat(service.verify(garbage, "").statusCode()).as(garbage).isEqualTo(401);
        }
    }

    @Test
    void tokens_ofAnotherIssuer_areRefused_evenIfSignedByTheSameKey() {
        try (TestService sameKeys = service.again(Map.of(ServeFlag.ISSUER, "https://other.example"))) {
            assertRefused("same keys", service, accessToken(sameKeys.token(key, "")));
            assertRefused("same keys", sameKeys, token);
        }
    }

    @Test
    void tokens_ofAnotherLatchkey_areRefused(@TempDir Path elsewhere) {
        try (TestService other = TestService.start(elsewhere, ISSUER)) {
            assertRefused("another service", service, accessToken(other.token(other.key("fx"), "")));
        }
    }

    @Test
    void aToken_isDeadAtExpItself() {
        service.clock().advance(Duration.ofSeconds(3599));
        assertActive(service, token);

        service.clock().advance(Duration.ofSeconds(1));
        assertRefused("at exp", service, token);
        service.clock().advance(Duration.ofSeconds(1));
        assertRefused("a second later", service, token);
    }

    @Test
    void aDisabledKey_endsItsTokensNow_andEnablingBringsThemBack() {
        service.services().accessKeys().setEnabled(OWNER, key.key().id(), false);
        assertRefused("disabled", service, token);

        service.services().accessKeys().setEnabled(OWNER, key.key().id(), true);
        assertActive(service, token);
    }

    @Test
    void aDeletedKey_endsItsTokensNow() {
        service.services().accessKeys().delete(OWNER, key.key().id(), null);

        assertRefused("deleted", service, token);
    }

    @Test
    void aNewKey_ofADeletedKeysId_doesNotBringItsTokensBack() {
        importKey();
        String old = accessToken(service.token(basic(GIVEN_ID, GIVEN_SECRET), "grant_type=client_credentials"));
        assertActive(service, old);

        service.services().accessKeys().delete(OWNER, GIVEN_ID, null);
        importKey();
        assertRefused("of the deleted key", service, old);
        String sameSecond = accessToken(service.token(basic(GIVEN_ID, GIVEN_SECRET), "grant_type=client_credentials"));
        assertRefused("issued in the second of the deletion", service, sameSecond);

        service.clock().advance(Duration.ofSeconds(1));
        assertActive(
                service, accessToken(service.token(basic(GIVEN_ID, GIVEN_SECRET), "grant_type=client_credentials")));
        assertRefused("of the deleted key", service, old);
    }

    @Test
    void anExpiredKey_endsItsTokensAtItsExpiry() {
        Instant end = service.clock().instant().plusSeconds(600);
        service.services()
                .accessKeys()
                .edit(
                        OWNER,
                        key.key().id(),
                        old -> new AccessKeySettings(
                                old.name(), "", old.scopes(), true, null, List.of(), null, CustomClaims.NONE, end),
                        null);

        service.clock().advance(Duration.ofSeconds(599));
        assertActive(service, token);
        service.clock().advance(Duration.ofSeconds(1));
        assertRefused("expired key", service, token);
    }

    @Test
    void aRevokedToken_isRefusedEverywhere_andAfterARestart_andNoOtherIs() {
        String other = accessToken(service.token(key, ""));
        try (TestService replica = service.again(ISSUER)) {
            assertActive(replica, token);
            assertThat(revoke(service, key, token).statusCode()).isEqualTo(200);

            assertRefused("revoked", service, token);
            assertRefused("revoked", replica, token);
            assertActive(service, other);
        }
        service.restart();

        assertRefused("revoked before the restart", service, token);
        assertActive(service, other);
    }

    @Test
    void revoking_again_isTheSameAnswer() {
        assertThat(revoke(service, key, token).statusCode()).isEqualTo(200);

        HttpResponse<String> again = revoke(service, key, token);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("Cache-Control")).contains("no-store");
        assertRefused("revoked twice", service, token);
    }

    @Test
    void revoking_thatOfAnother_orGarbage_isTheSameAnswer_andChangesNothing() {
        Map<String, String> forged = Forgeries.of(service, token);
        assertThat(revoke(service, asking, token).statusCode()).isEqualTo(200);
        assertThat(revoke(service, asking, token).body()).isEmpty();
        assertThat(revoke(service, key, "garbage").statusCode()).isEqualTo(200);
        forged.values()
                .forEach(forgery ->
                        assertThat(revoke(service, key, forgery).statusCode()).isEqualTo(200));

        assertActive(service, token);
    }

    @Test
    void introspection_saysWhatTheTokenSays() {
        NewAccessKey full = service.key(new AccessKeySettings(
                "full",
                "",
                new ScopeSet(List.of("fx", "vault")),
                true,
                null,
                List.of("https://a.example"),
                null,
                CustomClaims.of(Trees.object(Map.of("tenant", Map.of("id", 7L), "active", false, "token_type", "x"))),
                null));
        String issued = accessToken(service.token(full, "&scope=vault"));

        HttpResponse<String> answer = service.post("/connect/introspect", asking, "token=" + issued);

        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        Map<String, Object> claims = claims(issued);
        Map<String, Object> said = json(answer);
        assertThat(said)
                .containsEntry("active", true)
                .containsEntry("token_type", "Bearer")
                .containsEntry("scope", "vault")
                .containsEntry("client_id", full.key().id())
                .containsEntry("sub", full.key().id())
                .containsEntry("aud", List.of("https://a.example"))
                .containsEntry("tenant", Map.of("id", 7L));
        assertThat(said).containsAllEntriesOf(without(claims, "active", "token_type"));
        assertThat(said).hasSize(claims.size());
    }

    @Test
    void theStoreAway_is503_neverActive() throws SQLException {
        try (Connection store = DriverManager.getConnection("jdbc:sqlite:" + service.db());
                Statement statement = store.createStatement()) {
            statement.execute("ALTER TABLE access_keys RENAME TO away");
        }

        for (HttpResponse<String> answer : List.of(
                service.verify(token, ""),
                service.post("/connect/introspect", asking, "token=" + token),
                revoke(service, key, token))) {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(json(answer)).containsEntry("error", "temporarily_unavailable");
        }
        assertThat(service.verify("x", "").statusCode()).isEqualTo(401);
    }

    private void importKey() {
        Map<String, Object> row =
                Map.of("id", GIVEN_ID, "secret", GIVEN_SECRET, "name", "orders", "scopes", List.of("fx"));
        Imported.run(
                service.services().imports(),
                OWNER,
                Map.of("keys", List.of(row)),
                new AccessKeyImport.Rules(false, true));
    }

    private void assertActive(TestService at, String active) {
        assertThat(introspect(at, active)).startsWith("{\"active\":true,");
        assertThat(at.verify(active, "").statusCode()).isEqualTo(200);
        assertThat(api(at, active)).as("known, without a role").isEqualTo(403);
    }

    private void assertRefused(String what, TestService at, String refused) {
        assertThat(introspect(at, refused)).as(what).isEqualTo("{\"active\":false}");
        HttpResponse<String> answer = at.verify(refused, "");
        assertThat(answer.statusCode()).as(what).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"latchkey\", error=\"invalid_token\"");
        assertThat(answer.headers().firstValue("X-Latchkey-Client-Id")).isEmpty();
        assertThat(api(at, refused)).as(what).isEqualTo(401);
    }

    private static int api(TestService at, String bearer) {
        return at.send(at.request("/api/keys")
                        .header("Authorization", "Bearer " + bearer)
                        .GET())
                .statusCode();
    }

    private String introspect(TestService at, String text) {
        HttpResponse<String> answer = at.post("/connect/introspect", asking, "token=" + text.replace("%", "%25"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<String> revoke(TestService at, NewAccessKey by, String text) {
        return at.post("/connect/revocation", by, "token=" + text + "&token_type_hint=refresh_token");
    }

    private static Map<String, Object> without(Map<String, Object> claims, String... names) {
        Map<String, Object> rest = new LinkedHashMap<>(claims);
        rest.keySet().removeAll(List.of(names));
        return rest;
    }
}
