package dev.latchkey.dev;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of a stand-in: real time until it is told otherwise. Sockets, time-outs and the log go by real time.
 * Thread-safe.
 */
final class DevClock extends Clock {
    private final Clock real;
    private final AtomicReference<State> state = new AtomicReference<>(State.REAL);

    /**
     * What the clock shows.
     *
     * @param ahead how far it is ahead of real time
     * @param frozenAt the moment at which it stands; null = it runs
     * @param skew what is added to it in tokens
     */
    record State(Duration ahead, @Nullable Instant frozenAt, Duration skew) {
        static final State REAL = new State(Duration.ZERO, null, Duration.ZERO);
    }

    DevClock(Clock real) {
        this.real = real;
    }

    @Override
    public Instant instant() {
        return at(state.get());
    }

    private Instant at(State shown) {
        Instant frozenAt = shown.frozenAt();
        return frozenAt != null ? frozenAt : real.instant().plus(shown.ahead());
    }

    /** What is added to the time in tokens. */
    Duration skew() {
        return state.get().skew();
    }

    boolean isFrozen() {
        return state.get().frozenAt() != null;
    }

    /** Back to real time, running, without skew. */
    void reset() {
        state.set(State.REAL);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("all times are UTC");
    }
}
