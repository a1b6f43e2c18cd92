package dev.latchkey.server;

import static dev.latchkey.harness.Answers.json;
import static dev.latchkey.harness.TestService.basic;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.FreezingProxy;
import dev.latchkey.harness.TestService;
import dev.latchkey.sql.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that accepts everything and answers nothing, as behind a network that has broken silently. */
@Tag("postgresql")
class HungStoreTest {
    /** More than the service works on at once, fewer than may stand in line. */
    private static final int REQUESTS = 60;

    private static final int BOUND_SECONDS = 10;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    @Timeout(60)
    void aHungDatabase_isTold503InBoundedTime_whileWhatIsInMemoryIsAnswered_untilItIsBack() throws Exception {
        String direct = TestPostgres.newDatabaseUrl();
        try (FreezingProxy proxy = FreezingProxy.before(
                        URI.create(direct.substring("jdbc:".length())).getPort());
                TestService service = TestService.startOn(direct.replaceFirst(":\\d+/", ":" + proxy.port() + "/"))) {
            NewAccessKey key = service.key("fx");
            service.keepUp();
            assertThat(service.token(key, "").statusCode()).isEqualTo(200);

            proxy.freeze();
            List<CompletableFuture<HttpResponse<String>>> asked =
                    Stream.generate(() -> ask(service, key)).limit(REQUESTS).toList();
            assertThat(answer(service, "/.well-known/jwks.json").statusCode()).isEqualTo(200);
            assertThat(answer(service, "/.well-known/openid-configuration").body())
                    .contains("\"fx\"");
            assertThat(answer(service, "/.well-known/oauth-authorization-server")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(answer(service, "/health/live").statusCode()).isEqualTo(200);
            assertThat(answer(service, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(asked).anyMatch(one -> !one.isDone());

            for (CompletableFuture<HttpResponse<String>> one : asked) {
                HttpResponse<String> refused = one.get(BOUND_SECONDS, SECONDS);
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(json(refused)).containsEntry("error", "temporarily_unavailable");
            }

            proxy.thaw();
            HttpResponse<String> again = service.token(key, "");
            while (again.statusCode() == 503) {
                again = service.token(key, "");
            }
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(answer(service, "/health/ready").statusCode()).isEqualTo(200);
        }
    }

    private CompletableFuture<HttpResponse<String>> ask(TestService service, NewAccessKey key) {
        HttpRequest request = service.request("/connect/token")
                .header("Authorization", basic(key.key().id(), key.secret().reveal()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    /** Soon: before the first of those who wait for the store hears anything. */
    private HttpResponse<String> answer(TestService service, String path) throws Exception {
        return client.sendAsync(service.request(path).build(), BodyHandlers.ofString())
                .get(2, SECONDS);
    }
}
