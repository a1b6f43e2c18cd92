package dev.latchkey.dev;

import dev.latchkey.dev.endpoint.DevFields;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of a stand-in: real time until it is told otherwise. Sockets, time-outs and the log go by real time.
 * Thread-safe.
 */
public final class DevClock extends Clock {
    /** The most that is added in tokens, either way. */
    static final Duration MOST_SKEW = Duration.ofDays(36_500);

    private final Clock real;
    private volatile State state = State.REAL;
    private volatile Runnable changed = () -> {};

    /**
     * What the clock shows.
     *
     * @param ahead how far it is ahead of real time
     * @param frozenAt the moment at which it stands; null = it runs
     * @param skew what is added to it in tokens
     */
    private record State(Duration ahead, @Nullable Instant frozenAt, Duration skew) {
        static final State REAL = new State(Duration.ZERO, null, Duration.ZERO);
    }

    DevClock(Clock real) {
        this.real = real;
    }

    @Override
    public Instant instant() {
        State now = state;
        Instant frozenAt = now.frozenAt();
        return frozenAt != null ? frozenAt : real.instant().plus(now.ahead());
    }

    /** Is run after each change; what it throws is thrown by the change, which holds. */
    void onChange(Runnable run) {
        changed = run;
    }

    /** What is added to the time in tokens. */
    public Duration skew() {
        return state.skew();
    }

    boolean isFrozen() {
        return state.frozenAt() != null;
    }

    /**
     * Changes what the clock shows, all at once.
     *
     * @param now the moment that it is to show from now on; null = the one that it shows
     * @param advance how much later than that it is to be; not negative
     * @param freeze whether it is to stand; null = as it does now
     * @param skew what is added in tokens, {@link #MOST_SKEW} at most; null = as it is now
     * @throws DateTimeException when it would show a time before 1970 or beyond 9998, here or in tokens, or a duration is
     *     out of its bounds; nothing is changed then
     * @throws ArithmeticException as above
     */
    public void change(@Nullable Instant now, Duration advance, @Nullable Boolean freeze, @Nullable Duration skew) {
        if (advance.isNegative() || (skew != null && skew.abs().compareTo(MOST_SKEW) > 0)) {
            throw new DateTimeException("a clock is not advanced by less than nothing, nor skewed by over 36500 days");
        }
        synchronized (this) {
            Instant shown = (now == null ? instant() : now).plus(advance);
            Duration added = skew == null ? skew() : skew;
            if (!DevFields.isWritable(shown) || !DevFields.isWritable(shown.plus(added))) {
                throw new DateTimeException(
                        "the clock would show a time before 1970 or beyond 9998, here or in tokens");
            }
            boolean stands = freeze == null ? isFrozen() : freeze;
            state = new State(Duration.between(real.instant(), shown), stands ? shown : null, added);
        }
        changed.run();
    }

    /** Back to real time, running, without skew. */
    public void reset() {
        synchronized (this) {
            state = State.REAL;
        }
        changed.run();
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
