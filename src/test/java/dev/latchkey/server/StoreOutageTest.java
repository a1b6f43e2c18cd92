package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.harness.TestService;
import dev.latchkey.sql.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that goes away is one line in the log, and one when it is back: no stack trace, none for each request. */
@Timeout(120)
class StoreOutageTest {
    private static final int REQUESTS = 10;

    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setErr(stderr);
    }

    @Tag("postgresql")
    @Test
    void postgresql_thatCutsItsConnections_isOneLine_andOneWhenItIsBack() throws Exception {
        String url = TestPostgres.newDatabaseUrl();
        String database = URI.create(url.substring("jdbc:".length())).getPath().substring(1);
        try (TestService service = TestService.startOn(url)) {
            NewAccessKey key = service.key("fx");
            assertThat(service.token(key, "").statusCode()).isEqualTo(200);

            TestPostgres.administer(
                    "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
            assertUnavailable(service, key);
            TestPostgres.administer("ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");

            assertWorksAgain(service, key);
        }
        assertThat(warnings().get(0)).contains("WARN The store jdbc:postgresql://localhost:");
    }

    @Test
    void sqliteFile_thatIsMovedAway_isOneLine_andOneWhenItIsBack() throws Exception {
        Path file = folder.resolve("latchkey.db");
        try (TestService service = TestService.startOn(file.toString())) {
            NewAccessKey key = service.key("fx");
            assertThat(service.token(key, "").statusCode()).isEqualTo(200);

            Path elsewhere = Files.move(file, folder.resolve("elsewhere.db"));
            assertUnavailable(service, key);
            Files.move(elsewhere, file);

            assertWorksAgain(service, key);
        }
        assertThat(warnings().get(0)).contains("WARN The store " + file + " is not the file any more that was opened");
    }

    /** All at once: a single request may wait for the store as long as the store may take. */
    private static void assertUnavailable(TestService service, NewAccessKey key) {
        ExecutorService clients = Executors.newFixedThreadPool(REQUESTS);
        List<CompletableFuture<Integer>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> service.token(key, "").statusCode(), clients))
                .limit(REQUESTS)
                .toList();
        clients.shutdown();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(503));
        service.keepUp();
    }

    /** The end is told when all has been quiet for a while. */
    private void assertWorksAgain(TestService service, NewAccessKey key) {
        while (!text().contains("works again")) {
            service.keepUp();
        }
        assertThat(service.token(key, "").statusCode()).isEqualTo(200);
        assertThat(warnings()).as(text()).hasSize(2);
        assertThat(text()).doesNotContain("\tat ").doesNotContain("Exception");
    }

    private List<String> warnings() {
        return text().lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .toList();
    }

    private String text() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
