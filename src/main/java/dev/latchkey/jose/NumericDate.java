package dev.latchkey.jose;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a NumericDate (RFC 7519 §2): seconds since 1970, which may have a fraction. */
final class NumericDate {
    private static final int NANO_DIGITS = 9;

    /** 9999-12-31T23:59:59Z. */
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    private NumericDate() {}

    /** The time, exact to the nanosecond; empty when the value is no number or not between 1970 and 9999. */
    static Optional<Instant> read(@Nullable Object value) {
        BigDecimal seconds;
        if (value instanceof Long whole) {
            seconds = BigDecimal.valueOf(whole);
        } else if (value instanceof BigDecimal decimal) {
            seconds = decimal;
        } else {
            return Optional.empty();
        }
        if (seconds.signum() < 0 || seconds.compareTo(LAST_SECOND) > 0) {
            return Optional.empty();
        }
        long whole = seconds.longValue();
        BigDecimal fraction = seconds.subtract(BigDecimal.valueOf(whole));
        return Optional.of(Instant.ofEpochSecond(
                whole, fraction.movePointRight(NANO_DIGITS).longValue()));
    }
}
