package dev.latchkey.dev;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one clock of a stand-in: real time until it is told otherwise. Sockets, time-outs and the log go by real time.
 * Thread-safe.
 */
final class DevClock extends Clock {
    private final Clock real;
    private volatile State state = State.REAL;

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

    /** What is added to the time in tokens. */
    Duration skew() {
        return state.skew();
    }

    boolean isFrozen() {
        return state.frozenAt() != null;
    }

    /**
     * Changes what the clock shows, all at once.
     *
     * @param now the moment that it is to show from now on; null = the one that it shows
     * @param advance how much later than that it is to be
     * @param freeze whether it is to stand; null = as it does now
     * @param skew what is added in tokens; null = as it is now
     * @param allowed which moments it may show, and show in tokens
     * @throws DateTimeException when it would show another; nothing is changed then
     */
    synchronized void change(
            @Nullable Instant now,
            Duration advance,
            @Nullable Boolean freeze,
            @Nullable Duration skew,
            Predicate<Instant> allowed) {
        Instant shown = (now == null ? instant() : now).plus(advance);
        if (!allowed.test(shown) || !allowed.test(shown.plus(skew == null ? skew() : skew))) {
            throw new DateTimeException("the clock cannot show " + shown);
        }
        boolean stands = freeze == null ? isFrozen() : freeze;
        state = new State(Duration.between(real.instant(), shown), stands ? shown : null, skew == null ? skew() : skew);
    }

    /** Back to real time, running, without skew. */
    synchronized void reset() {
        state = State.REAL;
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
