package dev.latchkey.signingkey;

import dev.latchkey.error.LatchkeyException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Work that is done once, by a thread of its own, from the moment somebody asks for it. Thread-safe. */
final class LazyTask {
    /** Not one of a pool that others use: who waits for the work may be on one of those. */
    static final Executor OWN_THREAD = task -> {
        Thread thread = new Thread(task, "latchkey-first-keys");
        thread.setDaemon(true);
        thread.start();
    };

    /** Nothing to be done. */
    static final LazyTask NOTHING = new LazyTask(() -> {}, CompletableFuture.completedFuture(null));

    private final Runnable work;
    private @Nullable CompletableFuture<Void> begun;

    LazyTask(Runnable work) {
        this(work, null);
    }

    private LazyTask(Runnable work, @Nullable CompletableFuture<Void> begun) {
        this.work = work;
        this.begun = begun;
    }

    /** Begins, unless that is done already; completes when the work is done, exceptionally when it has failed. */
    synchronized CompletableFuture<Void> begin() {
        CompletableFuture<Void> running = begun;
        if (running == null) {
            running = CompletableFuture.runAsync(work, OWN_THREAD);
            begun = running;
        }
        return running;
    }

    /** Returns when the work is done, and throws what it has thrown. */
    void await() {
        try {
            begin().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof LatchkeyException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
