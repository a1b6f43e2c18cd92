package dev.latchkey.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.LatchkeyException;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** However many strangers try at once, only so many passwords are checked. */
class SignInTurnsTest {
    private final CountDownLatch started = new CountDownLatch(Sessions.SIGN_INS_AT_ONCE);
    private final CountDownLatch go = new CountDownLatch(1);

    @Test
    void oneMoreThanThereAreTurns_isTurnedAwayAtOnce_andALaterOneIsNot() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (SqlStore store = SqlStore.open(":memory:", SqlStore.Mode.CREATE)) {
            MutableClock clock = new MutableClock(Instant.parse("2026-07-04T12:00:00Z"));
            Sessions sessions = new Sessions(store.users(), store.sessions(), new WaitingHasher(), clock);
            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < Sessions.SIGN_INS_AT_ONCE; i++) {
                String name = "stranger-" + i;
                waiting.add(threads.submit(() -> assertRefused(sessions, name, "The name or the password is wrong.")));
            }
            started.await();

            LatchkeyException refusal =
                    assertRefused(sessions, "one-more", "Too many people are signing in at this moment; try again.");
            assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1));

            go.countDown();
            for (Future<?> call : waiting) {
                call.get();
            }
            assertRefused(sessions, "one-more", "The name or the password is wrong.");
        } finally {
            threads.shutdownNow();
        }
    }

    private static LatchkeyException assertRefused(Sessions sessions, String name, String message) {
        LatchkeyException[] refusal = new LatchkeyException[1];
        assertThatThrownBy(() -> sessions.signIn(name, "a long password", "192.0.2.1"))
                .hasMessage(message)
                .satisfies(e -> refusal[0] = (LatchkeyException) e);
        return refusal[0];
    }

    /** Takes as long over a password as the test wants. */
    private final class WaitingHasher implements PasswordHasher {
        @Override
        public String hash(String password) {
            return "hash";
        }

        @Override
        public boolean matches(String password, String hash) {
            started.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
    }
}
