package dev.latchkey.server;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Work that goes on beside the caller's own, on a thread of its own, and no longer. For one caller. */
final class BackgroundTask implements AutoCloseable {
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread;

    private BackgroundTask(Runnable work) {
        thread = new Thread(work, "latchkey-start");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((ended, thrown) -> failure.set(thrown));
    }

    static BackgroundTask begin(Runnable work) {
        BackgroundTask begun = new BackgroundTask(work);
        begun.thread.start();
        return begun;
    }

    /** Waits for the end of the work, also when the caller is interrupted, and throws what the work threw, once. */
    void join() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable thrown = failure.getAndSet(null);
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** As {@link #join}: where the caller fails by itself, the work ends before that goes on. */
    @Override
    public void close() {
        join();
    }
}
