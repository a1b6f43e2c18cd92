package dev.latchkey.config;

import dev.latchkey.error.ServiceException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Where a service answers that was started with the same environment, as this machine reaches it. */
public final class LocalServiceUrl {
    private static final String STANDARD_PORT = "8080";
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /** Addresses that stand for all of a machine, in the spellings that a listener takes. */
    private static final Pattern EVERY_IPV4 = Pattern.compile("0+(\\.0+){0,3}");

    private static final Pattern EVERY_IPV6 = Pattern.compile("[0:]*:[0:]*");

    private LocalServiceUrl() {}

    /**
     * {@code http://127.0.0.1:8080} and the like; https where the environment names a certificate.
     *
     * @throws ServiceException of kind INVALID when the variable of the port holds something else
     */
    public static String of(Map<String, String> env) {
        return (isTls(env) ? "https://" : "http://") + host(env) + ":" + port(env);
    }

    /** Whether such a service serves HTTPS. */
    public static boolean isTls(Map<String, String> env) {
        return ServeFlag.TLS_CERT.choose(null, env) != null;
    }

    private static String host(Map<String, String> env) {
        String host = ListenHost.withoutBrackets(Objects.requireNonNull(ServeFlag.HOST.choose(null, env), "a default"));
        if (EVERY_IPV4.matcher(host).matches()) {
            return "127.0.0.1";
        }
        if (EVERY_IPV6.matcher(host).matches()) {
            return "[::1]";
        }
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static String port(Map<String, String> env) {
        String port = Objects.requireNonNull(ServeFlag.PORT.choose(null, env), "a default");
        if (!PORT.matcher(port).matches() || Integer.parseInt(port) > ServeSettings.MAX_PORT) {
            throw ServiceException.invalid(ServeFlag.PORT.variable(), "must be a number, 0 to 65535");
        }
        return port.equals("0") ? STANDARD_PORT : port;
    }
}
