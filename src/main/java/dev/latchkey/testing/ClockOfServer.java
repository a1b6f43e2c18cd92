package dev.latchkey.testing;

import dev.latchkey.dev.DevClock;
import dev.latchkey.testing.LatchkeyExtension.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The clock of a stand-in. Thread-safe. */
record ClockOfServer(DevClock clock) implements TestClock {
    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void advance(Duration time) {
        change(null, time, null, null);
    }

    @Override
    public void set(Instant moment) {
        change(moment, Duration.ZERO, null, null);
    }

    @Override
    public void freeze() {
        change(null, Duration.ZERO, true, null);
    }

    @Override
    public void skew(Duration skew) {
        change(null, Duration.ZERO, null, skew);
    }

    @Override
    public void reset() {
        TestServer.translated(() -> {
            clock.reset();
            return true;
        });
    }

    private void change(@Nullable Instant now, Duration advance, @Nullable Boolean freeze, @Nullable Duration skew) {
        TestServer.translated(() -> {
            clock.change(now, advance, freeze, skew);
            return true;
        });
    }
}
