package dev.latchkey.config;

import dev.latchkey.error.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 30s}, {@code 60m}, {@code 2h}, {@code 90d}, or ISO-8601 ({@code PT1H});
 * {@code 0} needs no unit.
 */
public final class Durations {
    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})([smhd])");

    /** What the short forms can say at most; any moment that is so far from now is one that can be told. */
    private static final Duration LONGEST = Duration.ofDays(999_999_999);

    private Durations() {}

    /**
     * The duration that the text means; never negative.
     *
     * @param field the flag or variable that holds the text
     * @throws ServiceException of kind INVALID that names the field
     */
    public static Duration parse(String field, String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        }
        return text.equals("0") ? Duration.ZERO : iso(field, text);
    }

    /**
     * The moment that the text means: an instant (RFC 3339), or a duration, which is how long ago it was.
     *
     * @throws ServiceException of kind INVALID that names the field
     */
    public static Instant since(String field, String text, Instant now) {
        if (!text.isEmpty() && !text.contains("T")) {
            return now.minus(parse(field, text));
        }
        try {
            return text.startsWith("P")
                    ? now.minus(parse(field, text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ServiceException.invalid(
                    field, "must be a duration, such as 24h or 7d, or an instant, such as 2026-03-01T12:00:00Z");
        }
    }

    private static Duration iso(String field, String text) {
        try {
            if (text.toUpperCase(Locale.ROOT).startsWith("P")) {
                Duration duration = Duration.parse(text);
                if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                    return duration;
                }
            }
        } catch (DateTimeParseException e) {
            throw invalid(field);
        }
        throw invalid(field);
    }

    private static ServiceException invalid(String field) {
        return ServiceException.invalid(
                field, "must be a duration: a number and s, m, h or d (30s, 60m, 2h, 90d), or ISO-8601 (PT1H)");
    }
}
