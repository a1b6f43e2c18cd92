package dev.latchkey.sql.database;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes one outage out of many failures. It begins with the first of them, and has ended when the store works and a while
 * has passed without another: connections that were cut together fail one after the other. Costs one look at a field while
 * all is well. Thread-safe.
 */
final class OutageMonitor {
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final String store;
    private final LongSupplier nanoTime;
    private volatile State state = State.WORKS;
    private volatile @Nullable OutageListener listener;
    private long lastFailure;

    private enum State {
        WORKS,
        READS_ONLY,
        AWAY
    }

    /** @param store how it is named, without a password */
    OutageMonitor(String store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
    }

    void listen(OutageListener told) {
        listener = told;
    }

    /** Something failed; answers whether the listener knows why: a single statement that fails is no outage. */
    synchronized boolean failed(Diagnosis.Effect effect, String line) {
        OutageListener told = listener;
        if (told == null || effect == Diagnosis.Effect.STATEMENT) {
            return false;
        }
        lastFailure = nanoTime.getAsLong();
        State reached = effect == Diagnosis.Effect.ALL ? State.AWAY : State.READS_ONLY;
        if (reached.compareTo(state) > 0) {
            state = reached;
            told.began(line);
        }
        return true;
    }

    /** Something was read. */
    void read() {
        if (state == State.AWAY) {
            recover();
        }
    }

    /** Something was written. */
    void wrote() {
        if (state != State.WORKS) {
            recover();
        }
    }

    private synchronized void recover() {
        OutageListener told = listener;
        if (state != State.WORKS && told != null && nanoTime.getAsLong() - lastFailure >= QUIET.toNanos()) {
            state = State.WORKS;
            told.ended(store);
        }
    }
}
