package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.claims;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKeySettingsJson;
import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import dev.latchkey.harness.Trees;
import dev.latchkey.permission.Actor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is done to a key holds for the next token request, whichever process serves it. */
class KeyLifeTest {
    private static final Actor OWNER = Actor.operator("test");

    @RegisterExtension
    private final TestService one = TestService.fresh();

    @AutoClose
    private TestService other;

    private AccessKeys keys;

    @BeforeEach
    void startAnother() {
        other = one.again();
        keys = one.services().accessKeys();
    }

    @Test
    void disable_refusesTheNextRequest_andEnableAllowsIt() {
        NewAccessKey key = workingKey();

        keys.setEnabled(OWNER, key.key().id(), false);
        assertRefused(key);
        keys.setEnabled(OWNER, key.key().id(), true);
        accessToken(other.token(key, ""));
    }

    @Test
    void delete_refusesTheNextRequest() {
        NewAccessKey key = workingKey();

        keys.delete(OWNER, key.key().id(), null);
        assertRefused(key);
    }

    @Test
    void expiry_refusesTheRequestOfThatVerySecond() {
        NewAccessKey key = workingKey();
        Instant end = one.clock().instant().plusSeconds(60);

        keys.edit(
                OWNER,
                key.key().id(),
                settings -> AccessKeySettingsJson.merge(settings, Trees.object(Map.of("expires_at", end.toString()))),
                null);

        one.clock().advance(Duration.ofSeconds(59));
        assertThat(claims(accessToken(other.token(key, ""))).get("exp")).isEqualTo(end.getEpochSecond());
        one.clock().advance(Duration.ofSeconds(1));
        assertRefused(key);
    }

    @Test
    void rotate_graceZero_endsTheOldSecretNow() {
        NewAccessKey key = workingKey();

        NewAccessKey rotated = keys.rotate(OWNER, key.key().id(), Duration.ZERO);
        assertRefused(key);
        accessToken(other.token(rotated, ""));
    }

    @Test
    void rotate_bothSecretsWork_untilTheGraceIsOver() {
        NewAccessKey key = workingKey();

        NewAccessKey rotated = keys.rotate(OWNER, key.key().id(), Duration.ofHours(1));
        one.clock().advance(Duration.ofMinutes(60).minusSeconds(1));
        accessToken(other.token(key, ""));
        accessToken(other.token(rotated, ""));

        one.clock().advance(Duration.ofSeconds(1));
        assertRefused(key);
        accessToken(other.token(rotated, ""));
    }

    @Test
    void edit_scopes_holdForTheNextRequest() {
        NewAccessKey key = workingKey();

        keys.edit(
                OWNER,
                key.key().id(),
                settings -> AccessKeySettingsJson.merge(settings, Trees.object(Map.of("scopes", List.of("vault")))),
                null);

        assertThat(claims(accessToken(other.token(key, ""))).get("scope")).isEqualTo("vault");
        assertThat(other.token(key, "&scope=fx").statusCode()).isEqualTo(400);
    }

    /** A key that has just got a token from both services. */
    private NewAccessKey workingKey() {
        NewAccessKey key = one.key("fx", "vault");
        accessToken(one.token(key, ""));
        accessToken(other.token(key, ""));
        return key;
    }

    private void assertRefused(NewAccessKey key) {
        for (TestService service : List.of(other, one)) {
            HttpResponse<String> answer = service.token(key, "");
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("invalid_client");
        }
    }
}
