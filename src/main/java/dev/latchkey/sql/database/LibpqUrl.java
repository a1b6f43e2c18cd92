package dev.latchkey.sql.database;

import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.ServiceException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code postgresql://user:password@host:port/database?parameter=value}, as psql and managed databases give it (manual of
 * PostgreSQL, 34.1.1.2). Parameters that the driver calls otherwise get its names.
 */
final class LibpqUrl {
    private static final Pattern SCHEME = Pattern.compile("postgres(?:ql)?://");

    private static final Map<String, String> NAMES = Map.of(
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding",
            "connect_timeout", "connectTimeout",
            "gssencmode", "gssEncMode",
            "target_session_attrs", "targetServerType");

    private static final Map<String, String> SERVER_TYPES = Map.of(
            "read-write", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    /** Their place is before the question mark. */
    private static final Set<String> PLACE = Set.of("host", "hostaddr", "port", "dbname", "service", "passfile");

    private LibpqUrl() {}

    static boolean isOne(String db) {
        return SCHEME.matcher(db).lookingAt();
    }

    /**
     * The same as a JDBC URL; user and password stay where they are.
     *
     * @throws ServiceException of kind {@link ErrorKind#MISCONFIGURED} when the driver has nothing for it
     */
    static String toJdbc(String url) {
        String[] parts = SCHEME.matcher(url).replaceFirst("").split("\\?", 2);
        if (parts[0].isEmpty() || parts[0].startsWith("/")) {
            throw misconfigured("it names no host, and sockets in the file system are not supported");
        }
        String query = parts.length < 2 || parts[1].isEmpty()
                ? ""
                : Stream.of(parts[1].split("&", -1)).map(LibpqUrl::parameter).collect(Collectors.joining("&", "?", ""));
        return "jdbc:postgresql://" + parts[0] + query;
    }

    private static String parameter(String parameter) {
        String[] pair = parameter.split("=", 2);
        String name = pair[0];
        if (PLACE.contains(name)) {
            throw misconfigured("its parameter " + name + " is psql's own");
        }
        // The driver takes + for a space.
        String value = pair.length < 2 ? "" : pair[1].replace("+", "%2B");
        String its = name.equals("target_session_attrs") ? SERVER_TYPES.getOrDefault(value, value) : value;
        return NAMES.getOrDefault(name, name) + "=" + its;
    }

    private static ServiceException misconfigured(String why) {
        return ServiceException.of(
                ErrorKind.MISCONFIGURED,
                "The URL of the store cannot be used: " + why
                        + "; give it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE.");
    }
}
