package dev.latchkey.http.server;

import dev.latchkey.http.exchange.HttpListener.Shed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the work that may have to wait for the store: so much at once, so much more in a queue, first come, first
 * served. Work that finds the queue full, or stood in it for too long, is shed. What is queued holds no thread, so that
 * the threads beyond the places go on answering what needs no store, however slow the store is. Thread-safe.
 */
final class AdmissionControl extends AbstractLifeCycle {
    private static final long SWEEP_MILLIS = 250;

    /** Of so many threads one is left for what needs no store. */
    private static final int THREADS_PER_FREE_THREAD = 3;

    /** Of so many connections' requests three may be queued: those beyond are shed, and can always be. */
    private static final int QUEUE_PARTS = 5;

    /**
     * Of tokens that one thread signs one after the other: other threads and the client are so woken once for eight.
     * Measured on 2026-11-30 on PostgreSQL with wrk and 64 connections, keys at random among a million, in turn: 0.313
     * instead of 0.331 ms of processor time a token (medians of the warm rounds), 15.0 instead of 15.6 ms at the median.
     */
    private static final int ANSWERS_TOGETHER = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final int places;
    private final int maxQueued;
    private final int answersTogether;
    private final long patienceNanos;
    private final Executor executor;
    private final Scheduler scheduler;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger queued = new AtomicInteger();
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();

    /** A request's work; one of the two methods is called, once. */
    interface Work {
        /**
         * Does the work in a place. Must not throw.
         *
         * @return what is left to do, such as writing the answer; runs when the place was given back
         */
        Runnable run();

        /** There is no place for it. Must be quick. */
        void shed(Shed reason);
    }

    private record Waiting(Work work, long sinceNanos, AtomicBoolean called) {
        boolean call() {
            return called.compareAndSet(false, true);
        }
    }

    /**
     * Begins with all places free.
     *
     * @param places how much is worked on at one time
     * @param maxQueued how much waits
     * @param answersTogether so much of what waits is worked on by one thread before it writes the answers
     * @param patience how long anything waits, about
     * @param executor runs what has a place; fewer threads than places would be of no use
     */
    AdmissionControl(
            int places, int maxQueued, int answersTogether, Duration patience, Executor executor, Scheduler scheduler) {
        this.places = places;
        this.maxQueued = maxQueued;
        this.answersTogether = answersTogether;
        this.patienceNanos = patience.toNanos();
        this.executor = executor;
        this.scheduler = scheduler;
    }

    /** What a server admits that may have so many connections, on the threads of its pool. */
    static AdmissionControl of(int maxConnections, Executor threads, Scheduler scheduler) {
        int places = JettyPools.MAX_THREADS - JettyPools.MAX_THREADS / THREADS_PER_FREE_THREAD;
        return new AdmissionControl(places, maxConnections * 3 / QUEUE_PARTS, 1, PATIENCE, threads, scheduler);
    }

    /** The same for what only computes: as much at once as there are processors. */
    static AdmissionControl ofSigning(int maxConnections, Executor threads, Scheduler scheduler) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new AdmissionControl(processors, maxConnections, ANSWERS_TOGETHER, PATIENCE, threads, scheduler);
    }

    /** Has the work done by another thread, now or when its turn comes, or sheds it. */
    void submit(Work work) {
        if (queued.incrementAndGet() > maxQueued + places) {
            queued.decrementAndGet();
            work.shed(Shed.QUEUE_FULL);
            return;
        }
        queue.add(new Waiting(work, System.nanoTime(), new AtomicBoolean()));
        if (take()) {
            startNextOrRelease();
        }
    }

    private boolean take() {
        int now = taken.get();
        while (now < places) {
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    /** Hands a place on to the first in the queue, or gives it back. */
    private void startNextOrRelease() {
        do {
            Work next = next();
            if (next != null) {
                start(next);
                return;
            }
            taken.decrementAndGet();
            // What was queued just now may have seen no free place.
        } while (!queue.isEmpty() && take());
    }

    private @Nullable Work next() {
        for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
            if (next.call()) {
                return next.work();
            }
        }
        return null;
    }

    private void start(Work work) {
        try {
            executor.execute(() -> run(work));
        } catch (RejectedExecutionException e) {
            // The service is at its end, and nothing begins any more.
            queued.decrementAndGet();
            work.shed(Shed.STOPPING);
        }
    }

    private void run(Work first) {
        List<Runnable> rests = new ArrayList<>(answersTogether);
        try {
            for (Work work = first; work != null; work = rests.size() < answersTogether ? next() : null) {
                rests.add(done(work));
            }
        } finally {
            try {
                startNextOrRelease();
            } finally {
                runEach(rests.iterator());
            }
        }
    }

    /** What fails keeps none of the others from being done. */
    private static void runEach(Iterator<Runnable> rests) {
        if (rests.hasNext()) {
            try {
                rests.next().run();
            } finally {
                runEach(rests);
            }
        }
    }

    private Runnable done(Work work) {
        try {
            return work.run();
        } finally {
            queued.decrementAndGet();
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

    /** Sheds what waited for too long; it stands at the head of the queue. */
    private void sweep(long nowNanos) {
        for (Waiting first = queue.peek(); first != null && nowNanos - first.sinceNanos() > patienceNanos; ) {
            if (first.call()) {
                queued.decrementAndGet();
                queue.remove(first);
                first.work().shed(Shed.QUEUED_TOO_LONG);
            }
            first = queue.peek();
        }
    }
}
