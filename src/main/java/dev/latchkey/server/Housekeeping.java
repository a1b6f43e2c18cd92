package dev.latchkey.server;

import dev.latchkey.accesskey.AccessKeyUses;
import dev.latchkey.accesskey.ClientAssertions;
import dev.latchkey.audit.AuditTrail;
import dev.latchkey.token.AccessTokens;
import dev.latchkey.user.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a service does unasked, on one thread of its own: it follows what others change, writes down which keys were
 * used, and drops sessions, revocations and assertions that are over and audit events that are too old. Where there is
 * nothing to write, nothing is written. Thread-safe.
 */
final class Housekeeping implements AutoCloseable {
    /** How long closing waits for a chore that is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ScheduledExecutorService thread;
    private final Chore flush;
    private final List<Chore> follow;

    /**
     * How often the chores are done.
     *
     * @param flushEvery uses are written down; {@code last_used_at} lags by at most this and the time of the writing
     * @param pruneEvery what is over or too old is dropped; the first time is at once
     * @param followEvery what other processes changed is followed
     */
    record Schedule(Duration flushEvery, Duration pruneEvery, Duration followEvery) {
        static final Schedule STANDARD =
                new Schedule(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofSeconds(2));
    }

    private Housekeeping(ScheduledExecutorService thread, Chore flush, List<Chore> follow) {
        this.thread = thread;
        this.flush = flush;
        this.follow = List.copyOf(follow);
    }

    static Housekeeping start(
            AccessKeyUses uses,
            Sessions sessions,
            AuditTrail audit,
            AccessTokens tokens,
            ClientAssertions assertions,
            Duration auditRetention,
            List<Chore> follow,
            Schedule schedule) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread daemon = new Thread(runnable, "latchkey-housekeeping");
            daemon.setDaemon(true);
            return daemon;
        });
        Chore flush = new Chore("Writing down when keys were last used", uses::flush);
        Chore prune = new Chore("Dropping what is over or too old", () -> {
            tokens.prune();
            assertions.prune();
            sessions.prune();
            audit.prune(auditRetention);
        });
        long flushMillis = schedule.flushEvery().toMillis();
        long pruneMillis = schedule.pruneEvery().toMillis();
        // A chore fails by itself: nothing is to be learned from what the scheduler answers.
        Future<?> unusedFlush = thread.scheduleWithFixedDelay(flush, flushMillis, flushMillis, TimeUnit.MILLISECONDS);
        Future<?> unusedPrune = thread.scheduleWithFixedDelay(prune, 0, pruneMillis, TimeUnit.MILLISECONDS);
        long followMillis = schedule.followEvery().toMillis();
        for (Chore chore : follow) {
            Future<?> unused = thread.scheduleWithFixedDelay(chore, followMillis, followMillis, TimeUnit.MILLISECONDS);
        }
        return new Housekeeping(thread, flush, follow);
    }

    /** Follows at once what other processes changed. */
    void follow() {
        follow.forEach(Chore::run);
    }

    /** Does no chore any more, and writes down what was used until now. Close it after whatever notes uses. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flush.run();
    }
}
