package dev.latchkey.config;

import dev.latchkey.error.FieldError;
import dev.latchkey.error.LogText;
import dev.latchkey.error.ServiceException;
import dev.latchkey.network.AddressBlock;
import dev.latchkey.network.TrustedProxies;
import dev.latchkey.token.TokenTyp;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns texts into settings, and names the place a bad text came from. */
final class ServeSettingsReader {
    private static final String PORT_RULE = "must be a number, 0 to 65535";

    private final Map<ServeFlag, String> flags;
    private final Map<String, String> env;

    ServeSettingsReader(Map<ServeFlag, String> flags, Map<String, String> env) {
        this.flags = flags;
        this.env = env;
    }

    ServeSettings read() {
        try {
            StandInSettings standIn = standIn();
            String db = standIn != null && !isGiven(ServeFlag.DB) ? ServeSettings.IN_MEMORY : required(ServeFlag.DB);
            return new ServeSettings(
                    required(ServeFlag.HOST),
                    number(ServeFlag.PORT, PORT_RULE),
                    db,
                    text(ServeFlag.ISSUER),
                    text(ServeFlag.AUDIENCE),
                    duration(ServeFlag.TOKEN_LIFETIME),
                    tokenTyp(),
                    file(ServeFlag.SIGNING_KEY_FILE),
                    SigningKeyFlags.algorithm(
                            flags.get(ServeFlag.SIGNING_ALGORITHM), flags.get(ServeFlag.KEY_SIZE), env),
                    number(ServeFlag.KEY_SIZE, ServeSettings.KEY_SIZE_RULE),
                    variable(
                            ServeSettings.OWNER_PASSWORD_VARIABLE,
                            standIn == null ? null : StandInSettings.OWNER_PASSWORD),
                    duration(ServeFlag.AUDIT_RETENTION),
                    seed(),
                    durationIfAny(ServeFlag.ROTATE_EVERY),
                    file(ServeFlag.MASTER_KEY_FILE),
                    file(ServeFlag.TLS_CERT),
                    file(ServeFlag.TLS_KEY),
                    logFormat(),
                    trustedProxies(),
                    !isOn(ServeFlag.NO_DASHBOARD),
                    metrics(),
                    backups(db),
                    standIn);
        } catch (ServiceException e) {
            List<FieldError> errors = e.errors().stream().map(this::named).toList();
            throw ServiceException.invalid(errors);
        }
    }

    /** The same error under the variable's name, where the value stood there. */
    private FieldError named(FieldError error) {
        for (ServeFlag flag : ServeFlag.values()) {
            if (flag.flag().equals(error.field()) && !flags.containsKey(flag) && isGiven(flag)) {
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
                .orElseThrow(() -> ServiceException.invalid(ServeFlag.TOKEN_TYP.flag(), "must be at+jwt or JWT"));
    }

    private Duration duration(ServeFlag flag) {
        return Durations.parse(flag.flag(), required(flag));
    }

    private int number(ServeFlag flag, String message) {
        try {
            return Integer.parseInt(required(flag));
        } catch (NumberFormatException e) {
            throw ServiceException.invalid(flag.flag(), message);
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
            default -> throw ServiceException.invalid(flag.flag(), "must be true or false");
        };
    }

    private @Nullable Path file(ServeFlag flag) {
        String text = text(flag);
        try {
            if (text != null && text.isBlank()) {
                throw ServiceException.invalid(flag.flag(), "must be a file");
            }
            return text == null ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw ServiceException.invalid(flag.flag(), "must be a file's path");
        }
    }

    private @Nullable SeedDocument seed() {
        String text = text(ServeFlag.SEED);
        return text == null ? null : SeedDocument.parse(ServeFlag.SEED.flag(), text, env);
    }

    private ServeSettings.@Nullable Metrics metrics() {
        boolean asked = isOn(ServeFlag.METRICS);
        if (isGiven(ServeFlag.METRICS_PORT)) {
            return new ServeSettings.Metrics(number(ServeFlag.METRICS_PORT, PORT_RULE));
        }
        return asked ? new ServeSettings.Metrics(null) : null;
    }

    private @Nullable BackupSettings backups(String db) {
        Path folder = file(ServeFlag.BACKUP_DIR);
        if (folder != null) {
            return BackupSettings.of(
                    folder,
                    duration(ServeFlag.BACKUP_EVERY),
                    number(ServeFlag.BACKUP_KEEP, "must be a number, 1 or more"),
                    db);
        }
        refuseAlone(
                List.of(ServeFlag.BACKUP_EVERY, ServeFlag.BACKUP_KEEP),
                "needs --backup-dir: add it, or leave this out");
        return null;
    }

    private void refuseAlone(List<ServeFlag> flags, String message) {
        for (ServeFlag flag : flags) {
            if (isGiven(flag)) {
                throw ServiceException.invalid(flag.flag(), message);
            }
        }
    }

    private @Nullable StandInSettings standIn() {
        if (isOn(ServeFlag.DEV)) {
            return new StandInSettings(
                    list(ServeFlag.PROFILE),
                    list(ServeFlag.DEV_HOSTS),
                    Objects.requireNonNull(variable(StandInSettings.KEY_ID_VARIABLE, StandInSettings.STANDARD_KEY_ID)),
                    Objects.requireNonNull(
                            variable(StandInSettings.KEY_SECRET_VARIABLE, StandInSettings.STANDARD_KEY_SECRET)));
        }
        refuseAlone(
                List.of(ServeFlag.PROFILE, ServeFlag.DEV_HOSTS),
                "is for serve --dev alone: add --dev, or leave it out");
        return null;
    }

    private LogFormat logFormat() {
        return switch (required(ServeFlag.LOG_FORMAT).toLowerCase(Locale.ROOT)) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw ServiceException.invalid(ServeFlag.LOG_FORMAT.flag(), "must be text or json");
        };
    }

    private TrustedProxies trustedProxies() {
        List<AddressBlock> blocks = new ArrayList<>();
        for (String one : list(ServeFlag.TRUSTED_PROXIES)) {
            blocks.add(AddressBlock.parse(one)
                    .orElseThrow(() -> ServiceException.invalid(
                            ServeFlag.TRUSTED_PROXIES.flag(),
                            "holds " + LogText.quoted(one)
                                    + ", which is no address or block of addresses, such as 10.0.0.0/8 or fd00::/8")));
        }
        return blocks.isEmpty() ? TrustedProxies.NONE : new TrustedProxies(blocks);
    }

    private List<String> list(ServeFlag flag) {
        String text = text(flag);
        return text == null ? List.of() : StandInSettings.parts(text);
    }

    private boolean isGiven(ServeFlag flag) {
        return flag.isGiven(flags.get(flag), env);
    }

    /** An empty one counts as not set. */
    private @Nullable String variable(String name, @Nullable String standard) {
        String set = env.getOrDefault(name, "");
        return set.isEmpty() ? standard : set;
    }
}
