package dev.latchkey.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Work that goes on beside the caller's own, on a thread of its own, and no longer. For one caller. */
final class BackgroundTask implements AutoCloseable {
    private final CompletableFuture<Void> work;
    private boolean told;

    private BackgroundTask(CompletableFuture<Void> work) {
        this.work = work;
    }

    static BackgroundTask begin(Runnable work) {
        return new BackgroundTask(CompletableFuture.runAsync(work, run -> startThread("latchkey-start", run)));
    }

    /** Runs this on a daemon thread of this name. */
    static void startThread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the end of the work, also when the caller is interrupted, and throws what the work threw, once. */
    void join() {
        try {
            work.join();
        } catch (CompletionException e) {
            if (told) {
                return;
            }
            told = true;
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException exception ? exception : e;
        }
    }

    /** As {@link #join}: where the caller fails by itself, the work ends before that goes on. */
    @Override
    public void close() {
        join();
    }
}
