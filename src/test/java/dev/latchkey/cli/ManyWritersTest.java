package dev.latchkey.cli;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.ApiClient;
import dev.latchkey.harness.TestService;
import dev.latchkey.permission.Actor;
import dev.latchkey.scope.ScopeSet;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many who write to one file at the same time: through two services, and by commands that each open it themselves. */
class ManyWritersTest {
    private static final int BY_HTTP = 6;
    private static final int KEYS_BY_HTTP = 150;
    private static final int BY_COMMAND = 2;
    private static final int KEYS_BY_COMMAND = 50;

    @TempDir
    Path folder;

    private final Set<String> created = ConcurrentHashMap.newKeySet();
    private final AtomicInteger writing = new AtomicInteger(BY_HTTP + BY_COMMAND);
    private final List<Future<?>> done = new ArrayList<>();

    @Test
    void eightWriters_createAThousandKeys_whileTokensAreIssued_noneIsLost_andNoneIsRefused() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        Map<ServeFlag, String> issuer = Map.of(ServeFlag.ISSUER, "https://id.example");
        try (TestService one = TestService.start(folder, issuer);
                TestService other = one.again(issuer)) {
            NewAccessKey key = one.key("fx");
            AccessKeySettings settings = AccessKeySettings.named("writer", ScopeSet.of(List.of("latchkey:developer")));
            String token = accessToken(one.token(one.key(settings), ""));
            for (int i = 0; i < BY_HTTP; i++) {
                ApiClient api = ApiClient.withToken(i % 2 == 0 ? one : other, token);
                done.add(threads.submit(() -> write(KEYS_BY_HTTP, () -> post(api))));
            }
            CliStore store = new CliStore(one.db());
            for (int i = 0; i < BY_COMMAND; i++) {
                done.add(threads.submit(() -> write(KEYS_BY_COMMAND, () -> store.createId("by command"))));
            }
            for (TestService service : List.of(one, other)) {
                done.add(threads.submit(() -> {
                    do {
                        accessToken(service.token(key, ""));
                    } while (writing.get() > 0);
                }));
            }
            for (Future<?> future : done) {
                future.get();
            }

            assertThat(created).hasSize(BY_HTTP * KEYS_BY_HTTP + BY_COMMAND * KEYS_BY_COMMAND);
            assertThat(one.services().accessKeys().list(Actor.operator("test")))
                    .extracting(AccessKey::id)
                    .containsAll(created)
                    .hasSize(created.size() + 2);
        } finally {
            threads.shutdownNow();
        }
    }

    private void write(int keys, Supplier<String> create) {
        try {
            for (int i = 0; i < keys; i++) {
                created.add(create.get());
            }
        } finally {
            writing.decrementAndGet();
        }
    }

    private static String post(ApiClient api) {
        HttpResponse<String> answer = api.post("/api/keys", "{\"name\":\"by HTTP\",\"scopes\":[\"fx\"]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return (String) json(answer).get("id");
    }
}
