package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import dev.latchkey.signingkey.RotationMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tokens whose signing key was retired. */
class RetiredKeysTest {
    @TempDir
    Path folder;

    @Test
    void aRetiredKey_verifiesItsTokensToTheLastSecond_andIsGoneSoonAfter() {
        try (TestService service = TestService.start(folder)) {
            NewAccessKey key = service.key("fx");
            String token = accessToken(service.token(key, ""));
            service.services().signingKeys(null, null, 2048).rotate(Actor.operator("test"), RotationMode.NOW);
            service.clock().advance(Duration.ofSeconds(10));
            service.keepUp();
            assertThat(published(service)).hasSize(3);

            service.clock().advance(Duration.ofMinutes(60).minusSeconds(11));
            service.keepUp();
            assertThat(service.verify(token, "").statusCode()).isEqualTo(200);

            service.clock().advance(Duration.ofSeconds(1));
            assertThat(service.verify(token, "").statusCode()).isEqualTo(401);

            service.clock().advance(Duration.ofMinutes(1));
            service.keepUp();
            assertThat(published(service)).hasSize(2);
        }
    }

    private static List<?> published(TestService service) {
        return (List<?>) json(service.get("/.well-known/jwks.json")).get("keys");
    }
}
