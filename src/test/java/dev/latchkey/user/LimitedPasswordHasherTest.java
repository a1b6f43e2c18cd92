package dev.latchkey.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However many callers come at once, only so many passwords are hashed, and few callers wait. */
class LimitedPasswordHasherTest {
    private static final int AT_ONCE = 2;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch started = new CountDownLatch(AT_ONCE);
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final LimitedPasswordHasher hasher = new LimitedPasswordHasher(new WaitingHasher(), AT_ONCE);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void soManyAreHashedAtOnce_fourMoreWait_andTheNextIsRefusedAtOnce() throws Exception {
        List<Future<Boolean>> admitted = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            admitted.add(threads.submit(() -> hasher.matches("p", "h")));
        }
        started.await();
        for (int i = 0; i < LimitedPasswordHasher.MAX_WAITING; i++) {
            admitted.add(threads.submit(() -> hasher.hash("p").isEmpty()));
        }

        while (hasher.admitted() < AT_ONCE + LimitedPasswordHasher.MAX_WAITING) {
            Thread.onSpinWait();
        }
        ServiceException refusal = catchThrowableOfType(ServiceException.class, () -> hasher.hash("p"));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.TOO_MANY_REQUESTS);
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        go.countDown();
        for (Future<Boolean> call : admitted) {
            call.get();
        }
        assertThat(mostRunning).hasValue(AT_ONCE);
        assertThat(hasher.hash("p")).isEqualTo("hash");
    }

    @ParameterizedTest
    @CsvSource({"1,96,1", "2,96,1", "3,96,2", "4,96,3", "64,96,3", "9,4096,8", "4,16,1"})
    void atOnce_isBoundedByProcessorsAndHeap(int processors, long heapMib, int atOnce) {
        assertThat(LimitedPasswordHasher.atOnce(processors, heapMib * 1024 * 1024))
                .isEqualTo(atOnce);
    }

    private final class WaitingHasher implements PasswordHasher {
        @Override
        public String hash(String password) {
            work();
            return "hash";
        }

        @Override
        public boolean matches(String password, String hash) {
            work();
            return false;
        }

        private void work() {
            int now = running.incrementAndGet();
            mostRunning.accumulateAndGet(now, Math::max);
            started.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                running.decrementAndGet();
            }
        }
    }
}
