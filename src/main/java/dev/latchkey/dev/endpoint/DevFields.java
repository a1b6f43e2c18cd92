package dev.latchkey.dev.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.config.Durations;
import dev.latchkey.dev.profile.EndpointKind;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.http.exchange.Fields;
import dev.latchkey.http.exchange.FormBody;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what the bodies and queries of the stand-in's endpoints have in common. */
public final class DevFields {
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");
    private static final String INSTANT_RULE =
            "must be a time as RFC 3339 has it, from 1970 to 9998, such as 2026-03-01T12:00:00Z";

    /** All kinds of endpoints, where one of them may be named. */
    public static final String ANY = "any";

    public static final String ON_RULE = "must be any or one of "
            + Arrays.stream(EndpointKind.values()).map(EndpointKind::publicName).collect(Collectors.joining(", "));

    private DevFields() {}

    /** The whole numbers that a field may have, from the first to the last. */
    public record Bounds(int least, int most) {
        /** Adds what is wrong with a number. */
        public void check(String field, int number, List<FieldError> errors) {
            if (!has(number)) {
                errors.add(new FieldError(field, rule()));
            }
        }

        private boolean has(int number) {
            return number >= least && number <= most;
        }

        private String rule() {
            return "must be a whole number from " + least + " to " + most;
        }
    }

    /** The kind of endpoint of this name; empty for {@link #ANY} and for what is none. */
    public static Optional<EndpointKind> kind(String name) {
        return Arrays.stream(EndpointKind.values())
                .filter(known -> known.publicName().equals(name))
                .findFirst();
    }

    /** A duration that is not negative; empty where it is left out or wrong. */
    public static Optional<Duration> duration(Fields fields, String name) {
        return fields.optionalText(name).flatMap(text -> {
            try {
                return Optional.of(Durations.parse(name, text));
            } catch (ServiceException e) {
                return wrong(fields, e);
            }
        });
    }

    /** A duration that a minus makes negative. */
    public static Optional<Duration> signedDuration(Fields fields, String name) {
        return fields.optionalText(name).flatMap(text -> {
            boolean negative = text.startsWith("-");
            try {
                Duration duration = Durations.parse(name, negative ? text.substring(1) : text);
                return Optional.of(negative ? duration.negated() : duration);
            } catch (ServiceException e) {
                return isoDuration(text).or(() -> wrong(fields, e));
            }
        });
    }

    private static Optional<Duration> wrong(Fields fields, ServiceException invalid) {
        invalid.errors().forEach(error -> fields.wrong(error.field(), error.message()));
        return Optional.empty();
    }

    private static Optional<Duration> isoDuration(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A time within what JSON writes. */
    public static Optional<Instant> instant(Fields fields, String name) {
        return fields.choice(name, DevFields::parseInstant, INSTANT_RULE);
    }

    /** Whether tokens, the store and JSON can hold this time. */
    public static boolean isWritable(Instant time) {
        return !time.isBefore(FIRST) && time.isBefore(LAST);
    }

    private static Optional<Instant> parseInstant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(DevFields::isWritable);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A whole number within bounds; empty where it is left out or wrong. */
    public static Optional<Integer> number(Fields fields, String name, Bounds bounds) {
        JsonNode value = fields.any(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || !bounds.has(value.intValue())) {
            fields.wrong(name, bounds.rule());
            return Optional.empty();
        }
        return Optional.of(value.intValue());
    }

    /** Refuses a query that has any other parameter. */
    public static void only(FormBody query, List<String> names) {
        List<FieldError> unknown = query.names().stream()
                .filter(name -> !names.contains(name))
                .map(name -> FieldError.unknown(name, "is not a parameter here; there are " + String.join(", ", names)))
                .toList();
        if (!unknown.isEmpty()) {
            throw ServiceException.invalid(unknown);
        }
    }

    /** A duration of the query; null where it is left out. */
    public static @Nullable Duration duration(FormBody query, String name) {
        String text = query.get(name);
        return text == null ? null : Durations.parse(name, text);
    }

    /** A time of the query; null where it is left out. */
    public static @Nullable Instant instant(FormBody query, String name) {
        String text = query.get(name);
        return text == null ? null : parseInstant(text).orElseThrow(() -> ServiceException.invalid(name, INSTANT_RULE));
    }
}
