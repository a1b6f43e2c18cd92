package dev.latchkey.server;

import static dev.latchkey.harness.Answers.accessToken;
import static dev.latchkey.harness.Answers.claims;
import static dev.latchkey.harness.Answers.header;
import static dev.latchkey.harness.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import dev.latchkey.harness.TokenConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What issuing leaves behind: nothing, and what outlives a restart. */
@Tag("load")
class IssuingTest {
    private static final int TOKENS = 2_000;
    private static final int CONNECTIONS = 4;

    @TempDir
    Path folder;

    @Test
    void tokens_haveAnIdOfTheirOwn_andIssuingThemWritesNothing() throws IOException {
        try (TestService service = TestService.start(folder)) {
            NewAccessKey key = service.key("fx");
            String credentials = TestService.basic(key.key().id(), key.secret().reveal());
            accessToken(service.token(key, ""));
            List<byte[]> before = files(service.db());

            Set<Object> ids = ConcurrentHashMap.newKeySet();
            IntStream.range(0, CONNECTIONS).parallel().forEach(i -> {
                try (TokenConnection connection = TokenConnection.open(service)) {
                    for (int token = 0; token < TOKENS / CONNECTIONS; token++) {
                        String issued = (String)
                                json(connection.ask(credentials).body()).get("access_token");
                        ids.add(claims(issued).get("jti"));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            assertThat(ids).hasSize(TOKENS);
            assertThat(files(service.db()))
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(before);
        }
    }

    @Test
    void aRestart_keepsTheSigningKey() {
        String before;
        String jwks;
        TestService first = TestService.start(folder);
        try (first) {
            before = accessToken(first.token(first.key("fx"), ""));
            jwks = first.get("/.well-known/jwks.json").body();
        }

        try (TestService second = first.again()) {
            assertThat(second.get("/.well-known/jwks.json").body()).isEqualTo(jwks);
            assertThat(jwks).contains((String) header(before).get("kid"));
        }
    }

    private static List<byte[]> files(Path db) throws IOException {
        return List.of(Files.readAllBytes(db), Files.readAllBytes(Path.of(db + "-wal")));
    }
}
