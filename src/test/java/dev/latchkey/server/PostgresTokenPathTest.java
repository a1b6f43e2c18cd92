package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.FreezingProxy;
import dev.latchkey.harness.TestService;
import dev.latchkey.sql.TestPostgres;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a token asks of PostgreSQL. */
@Tag("postgresql")
@Timeout(60)
class PostgresTokenPathTest {
    private static final int TOKENS = 40;

    /** The driver prepares a statement on the server when it has seen it so often. */
    private static final int PREPARED_AFTER = 20;

    private final String direct = TestPostgres.newDatabaseUrl();
    private final PostgresMessages.Counts sent = new PostgresMessages.Counts();

    @Test
    void token_isOnePreparedStatementInOneRoundTrip_andManyAtOnceAreNoMore() throws Exception {
        int port = URI.create(direct.substring("jdbc:".length())).getPort();
        try (FreezingProxy proxy = FreezingProxy.before(port, sent::count);
                TestService service = TestService.startOn(direct.replaceFirst(":\\d+/", ":" + proxy.port() + "/"))) {
            NewAccessKey key = service.key("fx");
            tokens(service, key, PREPARED_AFTER);

            sent.of(key.key().id());
            tokens(service, key, TOKENS);
            assertThat(sent.statements).hasValue(TOKENS);
            assertThat(sent.roundTrips).hasValue(TOKENS);
            assertThat(sent.parsed).hasValue(0);

            sent.of(key.key().id());
            Stream.generate(() -> CompletableFuture.runAsync(() -> tokens(service, key, 1)))
                    .limit(TOKENS)
                    .toList()
                    .forEach(CompletableFuture::join);
            assertThat(sent.statements).hasValueBetween(1, TOKENS);
        }
    }

    @Test
    void connectionsCutWhileNothingIsAsked_areNotNoticed() throws Exception {
        try (TestService service = TestService.startOn(direct)) {
            NewAccessKey key = service.key("fx");
            tokens(service, key, 1);

            TestPostgres.administer("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '"
                    + URI.create(direct.substring("jdbc:".length())).getPath().substring(1) + "'");

            tokens(service, key, 2);
        }
    }

    private static void tokens(TestService service, NewAccessKey key, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(service.token(key, "").statusCode()).isEqualTo(200);
        }
    }
}
