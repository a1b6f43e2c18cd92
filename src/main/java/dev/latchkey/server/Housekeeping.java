package dev.latchkey.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The periodic tasks of a service, on threads of their own: it follows what other processes change, writes down which keys were used,
 * and drops sessions, revocations and assertions that are over and audit events that are too old. Where there is nothing
 * to write, nothing is written. Thread-safe.
 */
final class Housekeeping {
    /** Writing and dropping may each wait for the store; following must not wait for them. */
    private static final int THREADS = 4;

    private final ScheduledExecutorService threads;
    private final PeriodicTask flush;
    private final List<PeriodicTask> follow;

    /**
     * How often the tasks are done.
     *
     * @param flushEvery uses are written down; {@code last_used_at} lags by at most this and the time of the writing
     * @param pruneFrom what is over or too old is dropped for the first time; a start has better to do at once
     * @param pruneEvery it is dropped again
     * @param followEvery what other processes changed is followed
     */
    record Schedule(Duration flushEvery, Duration pruneFrom, Duration pruneEvery, Duration followEvery) {
        static final Schedule STANDARD =
                new Schedule(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofSeconds(2));
    }

    private Housekeeping(ScheduledExecutorService threads, PeriodicTask flush, List<PeriodicTask> follow) {
        this.threads = threads;
        this.flush = flush;
        this.follow = List.copyOf(follow);
    }

    static Housekeeping start(Runnable writeUses, Runnable drop, List<PeriodicTask> follow, Schedule schedule) {
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, runnable -> {
            Thread daemon = new Thread(runnable, "latchkey-housekeeping");
            daemon.setDaemon(true);
            return daemon;
        });
        PeriodicTask flush = new PeriodicTask("Writing down when keys were last used", writeUses);
        PeriodicTask prune = new PeriodicTask("Dropping what is over or too old", drop);
        repeat(threads, flush, schedule.flushEvery(), schedule.flushEvery());
        repeat(threads, prune, schedule.pruneFrom(), schedule.pruneEvery());
        follow.forEach(task -> repeat(threads, task, schedule.followEvery(), schedule.followEvery()));
        return new Housekeeping(threads, flush, follow);
    }

    private static void repeat(ScheduledExecutorService threads, PeriodicTask task, Duration first, Duration every) {
        // A task fails by itself: nothing is to be learned from what the scheduler answers.
        Future<?> unused = threads.scheduleWithFixedDelay(task, first.toMillis(), every.toMillis(), MILLISECONDS);
    }

    /** Follows at once what other processes changed. */
    void follow() {
        follow.forEach(PeriodicTask::run);
    }

    /**
     * Ends the tasks and writes down what was used until now; to be closed after everything that notes uses.
     *
     * @param patience how long a task that is under way is waited for
     */
    void close(Duration patience) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toMillis(), MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flush.run();
    }
}
