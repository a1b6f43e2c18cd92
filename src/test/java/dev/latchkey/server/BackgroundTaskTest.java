package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackgroundTaskTest {
    private final ServiceException failure = ServiceException.of(ErrorKind.MISCONFIGURED, "no key");

    @Test
    void join_afterAFailure_throwsItOnce() {
        try (BackgroundTask work = BackgroundTask.begin(this::fail)) {
            assertThatThrownBy(work::join).isSameAs(failure);
            assertThatCode(work::join).doesNotThrowAnyException();
        }
    }

    @Test
    void close_whereTheCallerFailsToo_addsTheFailureToTheCallers() {
        IllegalStateException own = new IllegalStateException("own");

        assertThatThrownBy(() -> {
                    BackgroundTask work = BackgroundTask.begin(this::fail);
                    try (work) {
                        throw own;
                    }
                })
                .isSameAs(own)
                .hasSuppressedException(failure);
    }

    @Test
    void join_ofAnInterruptedCaller_waitsForTheEndAndLeavesItInterrupted() {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();

        Thread.currentThread().interrupt();
        try (BackgroundTask work = BackgroundTask.begin(() -> {
            awaitQuietly(asked);
            done.set(true);
        })) {
            asked.countDown();
            work.join();
            assertThat(done).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private void fail() {
        throw failure;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
