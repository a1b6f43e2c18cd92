package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.NewAccessKey;
import dev.latchkey.config.ServeFlag;
import dev.latchkey.harness.TestService;
import dev.latchkey.harness.TokenConnection;
import dev.latchkey.sql.TestPostgres;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A key that another process has disabled, expired, deleted or given another secret gets no token from the moment on at
 * which that is committed, and gets them again from the moment on at which it is taken back: 2,000 changes while 16
 * connections ask all the time.
 */
@Tag("load")
@Timeout(300)
class ChangedElsewhereTest {
    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = 250;

    /** What an answer must be, by the remainder of the moment at which it was asked for and given. */
    private static final int MOMENTS = 4;

    private static final int ON = 0;
    private static final int OFF = 2;

    /** Signatures of the quick kind leave the processors to changes and answers. */
    private static final Map<ServeFlag, String> FLAGS = Map.of(ServeFlag.SIGNING_ALGORITHM, "ES256");

    private final AtomicLong moment = new AtomicLong();
    private final Semaphore issued = new Semaphore(0);
    private final Semaphore refused = new Semaphore(0);
    private volatile String secret = "";

    @TempDir
    Path folder;

    @Test
    void sqlite_changeOfAnotherProcess_holdsAtOnce() throws Exception {
        tryOn(folder.resolve("latchkey.db").toString());
    }

    @Tag("postgresql")
    @Test
    void postgresql_changeOfAnotherProcess_holdsAtOnce() throws Exception {
        tryOn(TestPostgres.newDatabaseUrl());
    }

    private void tryOn(String db) throws Exception {
        try (TestService service = TestService.startOn(db, FLAGS)) {
            NewAccessKey key = service.key("fx");
            secret = key.secret().reveal();
            Process changing = ChangingProcess.start(db, key.key().id());
            ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
            List<Future<?>> asking = new ArrayList<>();
            try (BufferedWriter in = changing.outputWriter();
                    BufferedReader out = changing.inputReader()) {
                for (int i = 0; i < CONNECTIONS; i++) {
                    asking.add(threads.submit(() -> ask(service, key.key().id())));
                }
                for (int round = 0; round < ROUNDS; round++) {
                    String other = "the secret of round " + round;
                    String former = secret;
                    change(in, out, "disable", "enable", asking, former);
                    change(in, out, "expire", "extend", asking, former);
                    change(in, out, "delete", "restore", asking, former);
                    change(in, out, other, other, asking, other);
                }
            } finally {
                moment.set(-1);
                threads.shutdown();
                changing.destroy();
            }
            for (Future<?> one : asking) {
                one.get();
            }
        }
    }

    /** Off and on again, each seen by at least one answer. */
    private void change(
            BufferedWriter in, BufferedReader out, String off, String on, List<Future<?>> asking, String next)
            throws IOException, InterruptedException {
        moment.incrementAndGet();
        tell(in, out, off);
        moment.incrementAndGet();
        await(refused, asking);
        moment.incrementAndGet();
        tell(in, out, on);
        secret = next;
        moment.incrementAndGet();
        await(issued, asking);
    }

    private static void tell(BufferedWriter in, BufferedReader out, String change) throws IOException {
        in.write(change + "\n");
        in.flush();
        assertThat(out.readLine()).isEqualTo("done");
    }

    private static void await(Semaphore answers, List<Future<?>> asking) throws InterruptedException {
        answers.drainPermits();
        do {
            assertThat(asking).noneMatch(Future::isDone);
        } while (!answers.tryAcquire(1, TimeUnit.SECONDS));
    }

    private Void ask(TestService service, String id) throws IOException {
        try (TokenConnection connection = TokenConnection.open(service)) {
            for (long asked = moment.get(); asked >= 0; asked = moment.get()) {
                int status = connection.ask(TestService.basic(id, secret)).status();
                if (moment.get() != asked) {
                    continue;
                }
                if (asked % MOMENTS == ON) {
                    assertThat(status).isEqualTo(200);
                    issued.release();
                } else if (asked % MOMENTS == OFF) {
                    assertThat(status).isEqualTo(401);
                    refused.release();
                }
            }
            return null;
        }
    }
}
