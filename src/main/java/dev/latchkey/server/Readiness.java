package dev.latchkey.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Whether the store can be read now, told soon however long the store takes to say so. One look at a time: while it goes
 * on, others hear what was seen last. Thread-safe.
 */
final class Readiness implements BooleanSupplier {
    private final BooleanSupplier store;
    private final Duration patience;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean lastSeen = true;

    /** @param patience a store that takes longer is taken for unreadable */
    Readiness(BooleanSupplier store, Duration patience) {
        this.store = store;
        this.patience = patience;
    }

    @Override
    public boolean getAsBoolean() {
        if (!looking.compareAndSet(false, true)) {
            return lastSeen;
        }
        CompletableFuture<Boolean> seen =
                CompletableFuture.supplyAsync(this::look, run -> BackgroundTask.startThread("latchkey-readiness", run));
        try {
            return seen.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            lastSeen = false;
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the look at the store failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean look() {
        boolean readable = false;
        try {
            readable = store.getAsBoolean();
        } finally {
            lastSeen = readable;
            looking.set(false);
        }
        return readable;
    }
}
