package dev.latchkey.http;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Turns at work that may have to wait for the store: so many at once, so many more in line, first come, first served.
 * Whoever finds the line full, or stood in it for too long, is turned away. Those in line hold no thread, so that the
 * threads beyond the turns go on answering what needs no store, however slow the store is. Thread-safe.
 */
final class Turns extends AbstractLifeCycle {
    private static final long SWEEP_MILLIS = 250;

    private final int atOnce;
    private final int maxInLine;
    private final long patienceNanos;
    private final Executor executor;
    private final Scheduler scheduler;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger inLine = new AtomicInteger();
    private final Queue<Waiter> line = new ConcurrentLinkedQueue<>();

    /** Somebody in line; one of the two methods is called, once. */
    interface Work {
        /** It is your turn; it ends when this returns. Must not throw. */
        void begin();

        /** There will be no turn. Must be quick. */
        void turnAway();
    }

    private record Waiter(Work work, long sinceNanos, AtomicBoolean called) {
        boolean call() {
            return called.compareAndSet(false, true);
        }
    }

    /**
     * Begins with nobody at work.
     *
     * @param atOnce how many have their turn at one time
     * @param maxInLine how many wait
     * @param patience how long anybody waits, about
     * @param executor runs those whose turn comes; fewer threads than turns would be of no use
     */
    Turns(int atOnce, int maxInLine, Duration patience, Executor executor, Scheduler scheduler) {
        this.atOnce = atOnce;
        this.maxInLine = maxInLine;
        this.patienceNanos = patience.toNanos();
        this.executor = executor;
        this.scheduler = scheduler;
    }

    /** Takes a turn if one is free; then {@link #end} must be called. */
    boolean take() {
        int now = taken.get();
        while (now < atOnce) {
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    /** The turn is over: the next in line has it. */
    void end() {
        do {
            if (startNext()) {
                return;
            }
            taken.decrementAndGet();
            // Who came into the line just now may have seen no free turn.
        } while (!line.isEmpty() && take());
    }

    /** Stands in line; answers false when it is full, and then calls nothing. */
    boolean queue(Work work) {
        if (inLine.incrementAndGet() > maxInLine) {
            inLine.decrementAndGet();
            return false;
        }
        line.add(new Waiter(work, System.nanoTime(), new AtomicBoolean()));
        // A turn may have ended before there was anybody in line.
        if (take()) {
            end();
        }
        return true;
    }

    /** Hands the caller's turn to the next in line; answers false when there is nobody. */
    private boolean startNext() {
        for (Waiter next = line.poll(); next != null; next = line.poll()) {
            if (next.call()) {
                inLine.decrementAndGet();
                start(next.work());
                return true;
            }
        }
        return false;
    }

    private void start(Work work) {
        try {
            executor.execute(() -> {
                try {
                    work.begin();
                } finally {
                    end();
                }
            });
        } catch (RejectedExecutionException e) {
            // The service is at its end, and nothing begins any more.
            work.turnAway();
        }
    }

    @Override
    protected void doStart() {
        sweepLater();
    }

    private void sweepLater() {
        scheduler.schedule(
                () -> {
                    sweep(System.nanoTime());
                    if (isRunning()) {
                        sweepLater();
                    }
                },
                SWEEP_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Turns away whoever waited for too long; they stand at the head of the line. */
    private void sweep(long nowNanos) {
        for (Waiter first = line.peek(); first != null && nowNanos - first.sinceNanos() > patienceNanos; ) {
            if (first.call()) {
                inLine.decrementAndGet();
                line.remove(first);
                first.work().turnAway();
            }
            first = line.peek();
        }
    }
}
