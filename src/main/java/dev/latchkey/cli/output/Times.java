package dev.latchkey.cli.output;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as people read them at a glance. */
public final class Times {
    private Times() {}

    /** The duration in its largest unit, cut down: {@code 59m}, {@code 23h}, {@code 89d}. */
    static String rough(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + "d";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + "h";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }

    /** {@code in 59m} or {@code 3d ago}. */
    public static String relative(Instant time, Instant now) {
        return time.isAfter(now)
                ? "in " + rough(Duration.between(now, time))
                : rough(Duration.between(time, now)) + " ago";
    }

    public static String orNever(@Nullable Instant time, Instant now) {
        return time == null ? "never" : relative(time, now);
    }
}
