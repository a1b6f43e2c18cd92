package dev.latchkey.cli;

import dev.latchkey.config.ServeFlag;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.server.Services;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where a running service is. */
final class ServiceUrl {
    static final String FLAG = "--url";

    /** What stands for {@link #FLAG} where a token is asked for. */
    private static final String VARIABLE = "LATCHKEY_URL";

    private static final String TOKEN_PATH = "/connect/token";
    private static final String STANDARD_PORT = "8080";
    private static final int MAX_PORT = 65_535;

    private ServiceUrl() {}

    static Syntax declare(Syntax syntax) {
        return syntax.value(FLAG, "URL", "The service (default http://localhost:8080, or port LATCHKEY_PORT).");
    }

    /** The token endpoint of the service; a URL that names the endpoint already stays as it is. */
    static URI tokenEndpoint(Arguments arguments, Surroundings surroundings) {
        String set = arguments.value(FLAG).isPresent() ? null : surroundings.variable(VARIABLE);
        String base = set == null ? base(arguments, surroundings) : checked(VARIABLE, set);
        return parse(FLAG, base.endsWith(TOKEN_PATH) ? base : base + TOKEN_PATH);
    }

    static URI readiness(Arguments arguments, Surroundings surroundings) {
        return parse(FLAG, base(arguments, surroundings) + "/health/ready");
    }

    /** The token endpoint of the service that was last started on the store, for people to copy. */
    static String servedTokenEndpoint(Services services, Surroundings surroundings) {
        return services.issuerLastServed().orElseGet(() -> "http://localhost:" + port(surroundings)) + TOKEN_PATH;
    }

    /** An absolute http or https URL; fails with the flag's name on anything else. */
    static URI parse(String flag, String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean http = scheme.equals("http") || scheme.equals("https");
            if (http && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getPort() <= MAX_PORT) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw wrong(flag);
        }
        throw wrong(flag);
    }

    private static LatchkeyException wrong(String flag) {
        return LatchkeyException.invalid(
                flag, "must be an http or https URL with a host and without a password, such as http://localhost:8080");
    }

    private static String base(Arguments arguments, Surroundings surroundings) {
        String given = arguments.value(FLAG).orElse(null);
        if (given == null) {
            return surroundings.variable(ServeFlag.PORT.variable()) == null
                    ? "http://127.0.0.1:" + STANDARD_PORT
                    : "http://localhost:" + port(surroundings);
        }
        return checked(FLAG, given);
    }

    /** The URL without the slash at its end; fails with the name of what holds it. */
    private static String checked(String name, String given) {
        URI uri = parse(name, given);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw LatchkeyException.invalid(name, "must not have a query or a fragment");
        }
        return given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
    }

    private static String port(Surroundings surroundings) {
        String port = surroundings.variable(ServeFlag.PORT.variable());
        if (port != null && !port.matches("[0-9]{1,5}")) {
            throw LatchkeyException.invalid(ServeFlag.PORT.variable(), "must be a number, 0 to 65535");
        }
        return port == null || port.equals("0") ? STANDARD_PORT : port;
    }
}
