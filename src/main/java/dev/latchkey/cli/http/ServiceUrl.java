package dev.latchkey.cli.http;

import dev.latchkey.cli.Invocation;
import dev.latchkey.cli.Syntax;
import dev.latchkey.cli.terminal.CliContext;
import dev.latchkey.config.LocalServiceUrl;
import dev.latchkey.error.ServiceException;
import dev.latchkey.server.Services;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
    public static URI tokenEndpoint(Invocation run) {
        String base = base(run, variable(run));
        return parse(FLAG, base.endsWith(TOKEN_PATH) ? base : base + TOKEN_PATH);
    }

    /** A path of the same service. */
    public static URI at(String path, Invocation run) {
        return parse(FLAG, base(run, variable(run)) + path);
    }

    /** Whom a secret may be sent to there. */
    public static ServerTrust trust(Invocation run) {
        return isOwn(run) && variable(run) == null ? ServerTrust.ofEnvironment(run.context()) : ServerTrust.of(run);
    }

    /** Where a service tells whether it is ready: that of {@code --url}, else the one that the environment starts. */
    public static URI readiness(Invocation run) {
        return parse(FLAG, base(run, null) + "/health/ready");
    }

    /** Whom a question without a secret may be sent to. */
    public static ServerTrust probeTrust(Invocation run) {
        return isOwn(run) ? ServerTrust.ofProbe() : ServerTrust.of(run);
    }

    private static boolean isOwn(Invocation run) {
        return !run.has(FLAG) && !run.has(ServerTrust.CA_FILE);
    }

    private static @Nullable String variable(Invocation run) {
        return run.context().variable(VARIABLE);
    }

    /** @param variable what stands for the flag; null = nothing does */
    private static String base(Invocation run, @Nullable String variable) {
        if (run.has(FLAG)) {
            return checked(FLAG, run.value(FLAG).orElseThrow());
        }
        return variable == null ? LocalServiceUrl.of(run.context().env()) : checked(VARIABLE, variable);
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

    /** The URL without the slash at its end; fails with the name of what holds it. */
    private static String checked(String source, String given) {
        URI uri = parse(source, given);
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw ServiceException.invalid(source, "must not have a query or a fragment");
        }
        return given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
    }
}
