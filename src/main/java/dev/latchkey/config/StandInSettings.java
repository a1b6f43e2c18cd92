package dev.latchkey.config;

import static dev.latchkey.config.ServeSettings.check;

import dev.latchkey.accesskey.AccessKeyIds;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What {@code serve --dev} takes beside the settings of every service. A value that exists is valid. Prints no secret.
 *
 * @param profiles which providers it imitates, in the order given; each of {@link #PROFILES}, once
 * @param hosts the names, in lower case, by which {@code /dev} and {@code /api} may be reached beside the usual ones
 * @param keyId the id of the key that may have every scope
 * @param keySecret its secret
 */
public record StandInSettings(List<String> profiles, List<String> hosts, String keyId, String keySecret) {
    /** The variable of the ready key's id. */
    public static final String KEY_ID_VARIABLE = "LATCHKEY_DEV_KEY_ID";

    /** The variable of the ready key's secret. */
    public static final String KEY_SECRET_VARIABLE = "LATCHKEY_DEV_KEY_SECRET";

    /** The id of the ready key where nothing else is said. */
    public static final String STANDARD_KEY_ID = "dev";

    /** The secret of the ready key where nothing else is said. */
    public static final String STANDARD_KEY_SECRET = "dev-secret";

    /** The first Owner's password where nothing else is said. */
    public static final String OWNER_PASSWORD = "dev-password";

    /** Every profile that there is. */
    public static final List<String> PROFILES = List.of("checkout", "duende", "keycloak", "auth0", "entra", "hydra");

    /** Those that change the contract's own token endpoint. */
    private static final List<String> OF_OWN_ENDPOINT = List.of("checkout", "duende");

    private static final int MAX_SECRET_LENGTH = 1_000;
    private static final Pattern HOST = Pattern.compile("[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9_])?");

    /**
     * Checks everything.
     *
     * @throws ServiceException of kind INVALID that names the flags and variables at fault
     */
    public StandInSettings {
        profiles = profiles.stream().distinct().toList();
        hosts = List.copyOf(hosts);
        List<FieldError> errors = new ArrayList<>();
        for (String profile : profiles) {
            check(
                    PROFILES.contains(profile),
                    ServeFlag.PROFILE,
                    "must be of " + String.join(", ", PROFILES) + " (several with commas), not \""
                            + FieldError.cut(profile) + "\"",
                    errors);
        }
        check(
                !profiles.containsAll(OF_OWN_ENDPOINT),
                ServeFlag.PROFILE,
                "can hold checkout or duende, not both: each changes /connect/token in its own way",
                errors);
        for (String host : hosts) {
            check(
                    HOST.matcher(host).matches(),
                    ServeFlag.DEV_HOSTS,
                    "must be host names with commas between, without scheme or port, such as"
                            + " latchkey.test,auth.example; not \"" + FieldError.cut(host) + "\"",
                    errors);
        }
        if (!AccessKeyIds.isValid(keyId)) {
            errors.add(new FieldError(KEY_ID_VARIABLE, "must be 3 to 64 of A-Z a-z 0-9 . _ -"));
        }
        if (keySecret.isEmpty() || keySecret.length() > MAX_SECRET_LENGTH) {
            errors.add(new FieldError(KEY_SECRET_VARIABLE, "must be 1 to " + MAX_SECRET_LENGTH + " characters"));
        }
        if (!errors.isEmpty()) {
            throw ServiceException.invalid(errors);
        }
    }

    /** The parts of a list with commas, without the space around them; a trailing dot of a name means the same host. */
    static List<String> parts(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(part -> part.strip().toLowerCase(Locale.ROOT))
                .map(part -> part.length() > 1 && part.endsWith(".") ? part.substring(0, part.length() - 1) : part)
                .toList();
    }

    @Override
    public String toString() {
        return "StandInSettings[profiles=" + profiles + ", hosts=" + hosts + ", keyId=" + keyId + "]";
    }
}
