package dev.latchkey.config;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.token.TokenTyp;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns texts into settings, and names the place a bad text came from. */
final class ServeSettingsReader {
    private final Map<ServeFlag, String> flags;
    private final Map<String, String> env;

    ServeSettingsReader(Map<ServeFlag, String> flags, Map<String, String> env) {
        this.flags = flags;
        this.env = env;
    }

    ServeSettings read() {
        try {
            return new ServeSettings(
                    required(ServeFlag.HOST),
                    number(ServeFlag.PORT, "must be a number, 0 to 65535"),
                    required(ServeFlag.DB),
                    text(ServeFlag.ISSUER),
                    text(ServeFlag.AUDIENCE),
                    duration(ServeFlag.TOKEN_LIFETIME),
                    tokenTyp(),
                    file(ServeFlag.SIGNING_KEY_FILE),
                    SigningKeyFlags.algorithm(
                            flags.get(ServeFlag.SIGNING_ALGORITHM), flags.get(ServeFlag.KEY_SIZE), env),
                    number(ServeFlag.KEY_SIZE, ServeSettings.KEY_SIZE_RULE),
                    ownerPassword(),
                    duration(ServeFlag.AUDIT_RETENTION),
                    seed(),
                    durationIfAny(ServeFlag.ROTATE_EVERY),
                    file(ServeFlag.MASTER_KEY_FILE),
                    file(ServeFlag.TLS_CERT),
                    file(ServeFlag.TLS_KEY),
                    !isOn(ServeFlag.NO_DASHBOARD));
        } catch (LatchkeyException e) {
            List<FieldError> errors = e.errors().stream().map(this::named).toList();
            throw LatchkeyException.invalid(errors);
        }
    }

    /** The same error under the variable's name, where the value stood there. */
    private FieldError named(FieldError error) {
        for (ServeFlag flag : ServeFlag.values()) {
            boolean fromVariable = !flags.containsKey(flag)
                    && !env.getOrDefault(flag.variable(), "").isEmpty();
            if (flag.flag().equals(error.field()) && fromVariable) {
                return new FieldError(flag.variable(), error.message());
            }
        }
        return error;
    }

    private @Nullable String text(ServeFlag flag) {
        return flag.choose(flags.get(flag), env);
    }

    private String required(ServeFlag flag) {
        String text = text(flag);
        if (text == null) {
            throw new IllegalStateException(flag + " has no default");
        }
        return text;
    }

    private TokenTyp tokenTyp() {
        return TokenTyp.of(required(ServeFlag.TOKEN_TYP))
                .orElseThrow(() -> LatchkeyException.invalid(ServeFlag.TOKEN_TYP.flag(), "must be at+jwt or JWT"));
    }

    private Duration duration(ServeFlag flag) {
        return Durations.parse(flag.flag(), required(flag));
    }

    private int number(ServeFlag flag, String message) {
        try {
            return Integer.parseInt(required(flag));
        } catch (NumberFormatException e) {
            throw LatchkeyException.invalid(flag.flag(), message);
        }
    }

    private @Nullable Duration durationIfAny(ServeFlag flag) {
        String text = text(flag);
        return text == null ? null : Durations.parse(flag.flag(), text);
    }

    private boolean isOn(ServeFlag flag) {
        return switch (required(flag).toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw LatchkeyException.invalid(flag.flag(), "must be true or false");
        };
    }

    private @Nullable Path file(ServeFlag flag) {
        String text = text(flag);
        try {
            if (text != null && text.isBlank()) {
                throw LatchkeyException.invalid(flag.flag(), "must be a file");
            }
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw LatchkeyException.invalid(flag.flag(), "must be a file's path");
        }
    }

    private @Nullable SeedDocument seed() {
        String text = text(ServeFlag.SEED);
        return text == null ? null : SeedDocument.parse(ServeFlag.SEED.flag(), text);
    }

    private @Nullable String ownerPassword() {
        String password = env.getOrDefault(ServeSettings.OWNER_PASSWORD_VARIABLE, "");
        return password.isEmpty() ? null : password;
    }
}
