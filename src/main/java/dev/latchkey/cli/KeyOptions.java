package dev.latchkey.cli;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.CustomClaims;
import dev.latchkey.accesskey.ScopeSet;
import dev.latchkey.config.Durations;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.json.Json;
import dev.latchkey.json.JsonSyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options that say how a key shall be, its name and scopes apart. */
record KeyOptions(
        String description,
        boolean enabled,
        @Nullable Duration tokenLifetime,
        List<String> audience,
        CustomClaims claims,
        @Nullable Instant expiresAt) {
    private static final String TOKEN_LIFETIME = "--token-lifetime";
    private static final String EXPIRES_AT = "--expires-at";
    private static final String EXPIRES_IN = "--expires-in";
    private static final String CLAIMS = "--claims";

    /** RFC 3339 has four digits for the year. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    static Syntax declare(Syntax syntax) {
        return syntax.value("--description", "TEXT", "What the key is for.")
                .value(TOKEN_LIFETIME, "DURATION", "How long its tokens live: 60s to 24h (default the service's).")
                .values(List.of("--audience"), "AUDIENCE", "Whom its tokens are for; may be given several times.")
                .value(CLAIMS, "JSON", "A JSON object of claims to add to its tokens.")
                .value(EXPIRES_AT, "TIME", "When it stops working: RFC 3339, such as 2030-01-31T12:00:00Z.")
                .value(EXPIRES_IN, "DURATION", "The same from now on, such as 90d.")
                .flag("--disabled", "It gets no tokens until it is enabled.");
    }

    /** What was typed; fails on what no key can have. */
    static KeyOptions read(Arguments arguments, Instant now) {
        Optional<String> lifetime = arguments.value(TOKEN_LIFETIME);
        return new KeyOptions(
                arguments.value("--description").orElse(""),
                !arguments.has("--disabled"),
                lifetime.map(text -> Durations.parse(TOKEN_LIFETIME, text)).orElse(null),
                arguments.values("--audience"),
                claims(arguments.value(CLAIMS).orElse("{}")),
                expiry(arguments, now).orElse(null));
    }

    AccessKeySettings settings(String name, ScopeSet scopes) {
        return new AccessKeySettings(
                name, description, scopes, enabled, tokenLifetime, audience, null, claims, expiresAt);
    }

    /** The same failure, with the fields of a key named as the flags that set them. */
    static LatchkeyException underFlagNames(LatchkeyException e) {
        if (e.errors().isEmpty()) {
            return e;
        }
        return LatchkeyException.invalid(
                e.errors().stream().map(KeyOptions::underFlagName).toList());
    }

    private static FieldError underFlagName(FieldError error) {
        String field = error.field().replaceFirst("\\[\\d+]$", "").replace('_', '-');
        String hint = error.message().contains("not in the catalogue") ? " (or give --add-scopes)" : "";
        return new FieldError(field.startsWith("-") ? field : "--" + field, error.message() + hint);
    }

    private static CustomClaims claims(String text) {
        try {
            return CustomClaims.of(Json.parseObject(text));
        } catch (JsonSyntaxException e) {
            throw LatchkeyException.invalid(CLAIMS, e.getMessage() + "; give an object such as '{\"tenant\":\"a\"}'");
        }
    }

    private static Optional<Instant> expiry(Arguments arguments, Instant now) {
        Optional<String> at = arguments.value(EXPIRES_AT);
        Optional<String> in = arguments.value(EXPIRES_IN);
        if (at.isPresent() && in.isPresent()) {
            throw ExitCodes.usage(EXPIRES_AT + " and " + EXPIRES_IN + " exclude each other; give one of them");
        }
        String flag = at.isPresent() ? EXPIRES_AT : EXPIRES_IN;
        Optional<Instant> expiry =
                at.map(KeyOptions::time).or(() -> in.map(text -> now.plus(Durations.parse(EXPIRES_IN, text))));
        expiry.ifPresent(time -> {
            if (!time.isAfter(now) || time.isAfter(END_OF_TIME)) {
                throw LatchkeyException.invalid(flag, "must lie in the future, before the year 10000");
            }
        });
        return expiry;
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw LatchkeyException.invalid(
                    EXPIRES_AT, "must be a time with its zone (RFC 3339), such as 2030-01-31T12:00:00Z");
        }
    }
}
