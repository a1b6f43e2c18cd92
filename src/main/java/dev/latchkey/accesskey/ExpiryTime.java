package dev.latchkey.accesskey;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads when a key is to end: an RFC 3339 time with any offset, cut to seconds. */
public final class ExpiryTime {
    /** 9999-12-31T23:59:59Z, which people write for "never": later years have no four digits (RFC 3339 §5.6). */
    public static final Instant LATEST = Instant.ofEpochSecond(253_402_300_799L);

    /** RFC 3339 sets no bound to the digits of a fraction; the platform reads nine, and seconds are all that is kept. */
    private static final Pattern FRACTION = Pattern.compile("(?<=:\\d\\d)\\.\\d{1,100}(?=[Zz+-])");

    private ExpiryTime() {}

    /** The time that the text means; empty when it is not of that form. Whether a key can have it is another question. */
    public static Optional<Instant> parse(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(FRACTION.matcher(text).replaceFirst(""));
            return Optional.of(time.toInstant().truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a key can have this end: from 1970 to the last second of the year 9999. */
    public static boolean isPossible(Instant time) {
        return !time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST);
    }
}
