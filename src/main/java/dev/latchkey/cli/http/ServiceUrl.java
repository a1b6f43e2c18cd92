package dev.latchkey.cli.http;

import dev.latchkey.cli.Arguments;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.config.LocalServiceUrl;
import dev.latchkey.error.ServiceException;
import dev.latchkey.server.Services;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Where a running service is. */
public final class ServiceUrl {
    static final String FLAG = "--url";

    /** What stands for {@link #FLAG} where a token is asked for. */
    private static final String VARIABLE = "LATCHKEY_URL";

    private static final String TOKEN_PATH = "/connect/token";
    private static final int MAX_PORT = 65_535;

    private ServiceUrl() {}

    public static Syntax declare(Syntax syntax) {
        syntax.value(
                FLAG,
                "URL",
                "The service (default the one that this environment starts: LATCHKEY_HOST, LATCHKEY_PORT, LATCHKEY_TLS_CERT).");
        return ServerTrust.declare(syntax);
    }

    /**
     * The token endpoint of the service that {@code --url} or {@code LATCHKEY_URL} names, else of the one that the
     * environment starts; a URL that names the endpoint already stays as it is.
     */
    public static URI tokenEndpoint(Arguments arguments, CliContext context) {
        String base = given(arguments, context);
        return parse(FLAG, base.endsWith(TOKEN_PATH) ? base : base + TOKEN_PATH);
    }

    /** A path of the service that {@code --url} or {@code LATCHKEY_URL} names, else of the one that the environment starts. */
    public static URI at(String path, Arguments arguments, CliContext context) {
        return parse(FLAG, given(arguments, context) + path);
    }

    private static String given(Arguments arguments, CliContext context) {
        String set = arguments.value(FLAG).isPresent() ? null : context.variable(VARIABLE);
        return set == null ? base(arguments, context) : checked(VARIABLE, set);
    }

    /** Whom a secret may be sent to there. */
    public static ServerTrust trust(Arguments arguments, CliContext context) {
        boolean own = arguments.value(FLAG).isEmpty()
                && context.variable(VARIABLE) == null
                && arguments.value(ServerTrust.CA_FILE).isEmpty();
        return own ? ServerTrust.ofEnvironment(context) : ServerTrust.of(arguments);
    }

    /** Whom a question without a secret may be sent to. */
    public static ServerTrust probeTrust(Arguments arguments) {
        boolean own = arguments.value(FLAG).isEmpty()
                && arguments.value(ServerTrust.CA_FILE).isEmpty();
        return own ? ServerTrust.ofProbe() : ServerTrust.of(arguments);
    }

    public static URI readiness(Arguments arguments, CliContext context) {
        return parse(FLAG, base(arguments, context) + "/health/ready");
    }

    /** The token endpoint of the service that was last started on the store, for people to copy. */
    public static String servedTokenEndpoint(Services services, CliContext context) {
        return services.issuerLastServed().orElseGet(() -> LocalServiceUrl.of(context.env())) + TOKEN_PATH;
    }

    /** An absolute http or https URL; fails with the flag's name on anything else. */
    public static URI parse(String flag, String text) {
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

    private static ServiceException wrong(String flag) {
        return ServiceException.invalid(
                flag, "must be an http or https URL with a host and without a password, such as http://localhost:8080");
    }

    private static String base(Arguments arguments, CliContext context) {
        String given = arguments.value(FLAG).orElse(null);
        return given == null ? LocalServiceUrl.of(context.env()) : checked(FLAG, given);
    }

    /** The URL without the slash at its end; fails with the name of what holds it. */
    private static String checked(String source, String given) {
        URI uri = parse(source, given);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw ServiceException.invalid(source, "must not have a query or a fragment");
        }
        return given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
    }
}
