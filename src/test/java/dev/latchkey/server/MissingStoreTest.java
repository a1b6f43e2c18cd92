package dev.latchkey.server;

import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is gone is noticed, though its open file would go on answering. */
class MissingStoreTest {
    @TempDir
    Path folder;

    @Test
    void aMovedStore_issuesNothing_whileTheJwkSetGoesOn_untilItIsBack() throws IOException {
        try (TestService service = TestService.start(folder)) {
            NewAccessKey key = service.key("fx");
            Path elsewhere = folder.resolve("elsewhere.db");

            Files.move(service.db(), elsewhere);
            HttpResponse<String> refused = service.token(key, "");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(json(refused)).containsEntry("error", "temporarily_unavailable");
            assertThat(service.token("Basic ???", "").statusCode())
                    .as("what cannot be read is looked up all the same")
                    .isEqualTo(503);
            assertThat(service.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(service.get("/.well-known/jwks.json").statusCode()).isEqualTo(200);
            assertThat(service.get("/.well-known/openid-configuration").statusCode())
                    .isEqualTo(200);

            Files.move(elsewhere, service.db());
            assertThat(service.token(key, "").statusCode()).isEqualTo(200);
        }
    }
}
