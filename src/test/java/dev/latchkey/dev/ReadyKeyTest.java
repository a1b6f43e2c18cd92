package dev.latchkey.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.error.ServiceException;
import dev.latchkey.harness.Answers;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is ready when a stand-in has started: a key that may have anything, an Owner, and the seed. */
class ReadyKeyTest {
    private static final String SEED =
            "{\"scopes\":[{\"name\":\"fx\"},{\"name\":\"vault\"}],\"keys\":[{\"id\":\"orders\","
                    + "\"secret\":\"s\",\"name\":\"orders\",\"scopes\":[\"fx\"]}],\"personas\":[{\"sub\":\"alice\"}]}";

    private static TestStandIn empty;
    private static TestStandIn seeded;

    @BeforeAll
    static void start() {
        empty = TestStandIn.start();
        seeded = TestStandIn.start(Map.of(), Map.of("LATCHKEY_SEED", SEED));
    }

    @AfterAll
    static void stop() {
        empty.close();
        seeded.close();
    }

    private static Map<String, Object> claims(TestStandIn standIn, String form) {
        return TestStandIn.claims(standIn.token(form));
    }

    @Test
    void readyKey_thatAsksForNoScope_getsTheCatalogue() {
        assertThat(claims(empty, "")).containsEntry("scope", "");
        assertThat(Answers.json(empty.token(""))).containsEntry("scope", "");
        assertThat(claims(seeded, "")).containsEntry("scope", "fx vault");
    }

    @ParameterizedTest
    @CsvSource({"anything", "fx", "a b:c d/e", "latchkey:owner"})
    void readyKey_getsTheScopeItAsksFor(String scope) {
        assertThat(claims(seeded, "&scope=" + scope.replace(" ", "+"))).containsEntry("scope", scope);
    }

    @Test
    void readyKey_getsJustTheAudienceItAsksFor() {
        String resources = "&resource=https://a.example&resource=urn:b&scope=x";
        assertThat(claims(empty, "&audience=anything")).containsEntry("aud", List.of("anything"));
        assertThat(claims(empty, resources)).containsEntry("aud", List.of("https://a.example", "urn:b"));
        assertThat(claims(empty, "")).containsEntry("aud", List.of(empty.issuer()));
        assertThat(claims(empty, "&audience=anything&scope=latchkey:admin"))
                .containsEntry("aud", List.of("anything", empty.issuer()));
    }

    @Test
    void readyKey_isJudgedAsEveryOther() {
        HttpResponse<String> wrong = empty.token("dev", "wrong", "");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(Answers.json(wrong)).containsEntry("error", "invalid_client");
        assertThat(Answers.json(empty.token("&scope=a++b"))).containsEntry("error", "invalid_scope");
        assertThat(Answers.json(empty.token("&audience=a&resource=urn:b"))).containsEntry("error", "invalid_request");
        assertThat(empty.token("&audience=a%20b").statusCode()).isEqualTo(400);
    }

    @Test
    void readyKey_withAReservedScope_managesTheService() {
        String token =
                (String) Answers.json(empty.token("&scope=latchkey:owner")).get("access_token");
        HttpResponse<String> users = empty.send(empty.request("/api/users")
                .header("Authorization", "Bearer " + token)
                .GET());
        assertThat(users.statusCode()).as(users.body()).isEqualTo(200);
    }

    @Test
    void everyOtherKey_isHeldToItsScopesAndAudiences() {
        assertThat(TestStandIn.claims(seeded.token("orders", "s", "")))
                .containsEntry("scope", "fx")
                .containsEntry("aud", List.of(seeded.issuer()));
        assertThat(Answers.json(seeded.token("orders", "s", "&scope=vault"))).containsEntry("error", "invalid_scope");
        assertThat(Answers.json(seeded.token("orders", "s", "&audience=x"))).containsEntry("error", "invalid_target");
    }

    @Test
    void aSeededKeyOfTheSameId_takesItsPlace() {
        String seed = SEED.replace("orders", "dev");
        try (TestStandIn standIn = TestStandIn.start(Map.of(), Map.of("LATCHKEY_SEED", seed))) {
            assertThat(standIn.token("").statusCode()).isEqualTo(401);
            assertThat(standIn.token("dev", "s", "&scope=fx").statusCode()).isEqualTo(200);
            assertThat(Answers.json(standIn.token("dev", "s", "&scope=vault"))).containsEntry("error", "invalid_scope");
            assertThat(standIn.notices())
                    .contains("The key dev is that of the seed")
                    .doesNotContain("curl");
        }
    }

    @Test
    void readyKeyAndOwner_areWhatTheEnvironmentSays_andNoChosenSecretIsPrinted() {
        Map<String, String> env = Map.of(
                "LATCHKEY_DEV_KEY_ID", "local",
                "LATCHKEY_DEV_KEY_SECRET", "hush",
                "LATCHKEY_OWNER_PASSWORD", "correct horse battery");
        try (TestStandIn standIn = TestStandIn.start(Map.of(), env)) {
            assertThat(standIn.token("local", "hush", "&scope=x").statusCode()).isEqualTo(200);
            assertThat(standIn.token("").statusCode()).isEqualTo(401);
            assertThat(signIn(standIn, "dev-password")).isEqualTo(401);
            assertThat(signIn(standIn, "correct horse battery")).isEqualTo(200);
            assertThat(standIn.notices())
                    .contains("curl -u \"local:$LATCHKEY_DEV_KEY_SECRET\"")
                    .doesNotContain("hush", "horse", "dev-password");
        }
    }

    @Test
    void start_saysHowToGetATokenAndWhoSignsIn() {
        assertThat(empty.notices())
                .contains("curl -u dev:dev-secret -d grant_type=client_credentials -d scope=anything " + empty.url()
                        + "/connect/token")
                .contains("The Owner owner signs in with dev-password");
        assertThat(signIn(empty, "dev-password")).isEqualTo(200);
    }

    private static int signIn(TestStandIn standIn, String password) {
        String json = "{\"username\":\"owner\",\"password\":\"" + password + "\"}";
        return standIn.send(standIn.request("/api/session")
                        .header("Content-Type", "application/json")
                        .header("Origin", standIn.url())
                        .POST(BodyPublishers.ofString(json)))
                .statusCode();
    }

    @Test
    void aSeedThatIsWrong_isRefusedByName() {
        Map<String, String> env = Map.of("LATCHKEY_SEED", "{\"keys\":[{\"id\":\"x\"}],\"people\":[]}");
        assertThatThrownBy(() -> TestStandIn.start(Map.of(ServeFlag.PORT, "0"), env))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("people is not known here");
    }
}
