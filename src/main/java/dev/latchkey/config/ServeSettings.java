package dev.latchkey.config;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.error.FieldError;
import dev.latchkey.error.ServiceException;
import dev.latchkey.network.TrustedProxies;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.token.TokenTyp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the service is to run. A value that exists is valid. Prints without its password and without its store, whose URL
 * may hold one.
 *
 * @param host the address to listen on; an IPv6 address stands without brackets
 * @param port the port to listen on; 0 = any free one
 * @param db a SQLite file, a JDBC URL or {@value #IN_MEMORY}
 * @param issuer the {@code iss} of every token; null = {@code http://localhost:} (with TLS https) and the port once it
 *     is bound
 * @param audience the default {@code aud}; null = the issuer
 * @param tokenLifetime the default lifetime: whole seconds, 60 s (of a stand-in 1 s) to 24 h
 * @param signingKeyFile the private key to sign with; null = the store's
 * @param signingAlgorithm what new signing keys are for; null = what the store's are for, RS256 in a new store
 * @param keySize bits of a new RSA signing key: 2048, 3072 or 4096
 * @param ownerPassword the first Owner's; null = a random one
 * @param auditRetention how long audit events are kept, one day to a hundred years
 * @param seed keys and scopes to create or update at start; null = none
 * @param rotateEvery how old a signing key becomes, 5 minutes at least; null = it is rotated by hand
 * @param masterKeyFile what encrypts private signing keys; null = nothing does
 * @param tlsCert the certificate with its chain; null = plain HTTP
 * @param tlsKey its private key; there whenever the certificate is
 * @param trustedProxies those that are believed when they say for whom they ask
 * @param dashboard whether there are web pages and {@code /api}
 * @param metrics where {@code /metrics} is served; null = nowhere
 * @param backups where the store is copied while the service runs; null = nowhere
 * @param standIn what a stand-in for development takes; null = the service is none
 */
public record ServeSettings(
        String host,
        int port,
        String db,
        @Nullable String issuer,
        @Nullable String audience,
        Duration tokenLifetime,
        TokenTyp tokenTyp,
        @Nullable Path signingKeyFile,
        @Nullable SigningAlgorithm signingAlgorithm,
        int keySize,
        @Nullable String ownerPassword,
        Duration auditRetention,
        @Nullable SeedDocument seed,
        @Nullable Duration rotateEvery,
        @Nullable Path masterKeyFile,
        @Nullable Path tlsCert,
        @Nullable Path tlsKey,
        LogFormat logFormat,
        TrustedProxies trustedProxies,
        boolean dashboard,
        @Nullable Metrics metrics,
        @Nullable BackupSettings backups,
        @Nullable StandInSettings standIn) {
    /**
     * Where {@code /metrics} is served.
     *
     * @param port a port of its own, 0 = any free one; null = the port of everything else
     */
    public record Metrics(@Nullable Integer port) {}

    /** The store that nothing is left of. */
    public static final String IN_MEMORY = ":memory:";

    /** The variable of the first Owner's password, which has no flag: other users can see flags. */
    public static final String OWNER_PASSWORD_VARIABLE = "LATCHKEY_OWNER_PASSWORD";

    /** What {@link #isKeySize} asks for, to follow the flag's name. */
    public static final String KEY_SIZE_RULE = "must be 2048, 3072 or 4096";

    static final int MAX_PORT = 65_535;
    private static final Duration LEAST_ROTATE_EVERY = Duration.ofMinutes(5);
    private static final Set<Integer> KEY_SIZES = Set.of(2048, 3072, 4096);
    private static final Duration MIN_AUDIT_RETENTION = Duration.ofDays(1);
    private static final Duration MAX_AUDIT_RETENTION = Duration.ofDays(36_500);

    /**
     * Checks every setting.
     *
     * @throws ServiceException of kind INVALID that names the flags at fault
     */
    public ServeSettings {
        host = ListenHost.withoutBrackets(host);
        List<FieldError> errors = new ArrayList<>();
        check(!host.isBlank(), ServeFlag.HOST, "must be an address, such as localhost or 0.0.0.0", errors);
        check(port >= 0 && port <= MAX_PORT, ServeFlag.PORT, "must be 0 to 65535", errors);
        check(!db.isBlank(), ServeFlag.DB, "must be a file or a JDBC URL", errors);
        if (issuer != null) {
            IssuerUrl.problem(issuer)
                    .ifPresent(problem -> errors.add(new FieldError(ServeFlag.ISSUER.flag(), problem)));
        } else if (standIn == null && !host.isBlank() && !ListenHost.isLoopback(host)) {
            errors.add(new FieldError(
                    ServeFlag.ISSUER.flag(),
                    "must be given when listening on " + host
                            + ", which others can reach: add --issuer https://… with the URL they use"));
        }
        check(
                audience == null || AccessKeySettings.isAudience(audience),
                ServeFlag.AUDIENCE,
                "must be 1 to " + AccessKeySettings.MAX_AUDIENCE_LENGTH + " printable ASCII characters without spaces",
                errors);
        check(
                AccessKeySettings.isTokenLifetime(tokenLifetime)
                        || (standIn != null && isShortTokenLifetime(tokenLifetime)),
                ServeFlag.TOKEN_LIFETIME,
                "must be " + (standIn == null ? "60s" : "1s") + " to 24h in whole seconds",
                errors);
        check(isKeySize(keySize), ServeFlag.KEY_SIZE, KEY_SIZE_RULE, errors);
        check(
                rotateEvery == null || rotateEvery.compareTo(LEAST_ROTATE_EVERY) >= 0,
                ServeFlag.ROTATE_EVERY,
                "must be 5m or more: verifiers hold a key set for that long",
                errors);
        check(
                rotateEvery == null || signingKeyFile == null,
                ServeFlag.ROTATE_EVERY,
                "cannot stand beside --signing-key-file, whose key is not rotated",
                errors);
        check(
                signingAlgorithm == null || signingKeyFile == null,
                ServeFlag.SIGNING_ALGORITHM,
                "cannot stand beside --signing-key-file, whose kind of key says the algorithm",
                errors);
        Integer metricsPort = metrics == null ? null : metrics.port();
        check(
                metricsPort == null || (metricsPort >= 0 && metricsPort <= MAX_PORT),
                ServeFlag.METRICS_PORT,
                "must be 0 to 65535",
                errors);
        check(
                metricsPort == null || metricsPort == 0 || metricsPort != port,
                ServeFlag.METRICS_PORT,
                "must be another port than --port; --metrics serves /metrics on that one",
                errors);
        check(tlsCert == null || tlsKey != null, ServeFlag.TLS_KEY, "must be given with --tls-cert", errors);
        check(tlsKey == null || tlsCert != null, ServeFlag.TLS_CERT, "must be given with --tls-key", errors);
        check(
                auditRetention.compareTo(MIN_AUDIT_RETENTION) >= 0
                        && auditRetention.compareTo(MAX_AUDIT_RETENTION) <= 0,
                ServeFlag.AUDIT_RETENTION,
                "must be 1d to 36500d",
                errors);
        if (!errors.isEmpty()) {
            throw ServiceException.invalid(errors);
        }
    }

    /**
     * The settings that flags and environment make together.
     *
     * @throws ServiceException of kind INVALID that names each flag or variable at fault as it was given
     */
    public static ServeSettings read(Map<ServeFlag, String> flags, Map<String, String> env) {
        return new ServeSettingsReader(flags, env).read();
    }

    /** Whether signing keys may have this many bits. */
    public static boolean isKeySize(int bits) {
        return KEY_SIZES.contains(bits);
    }

    private static boolean isShortTokenLifetime(Duration lifetime) {
        return lifetime.toSeconds() >= 1 && AccessKeySettings.isTokenLifetime(lifetime.plusMinutes(1));
    }

    static void check(boolean holds, ServeFlag flag, String message, List<FieldError> errors) {
        if (!holds) {
            errors.add(new FieldError(flag.flag(), message));
        }
    }

    @Override
    public String toString() {
        return "ServeSettings[host=" + host + ", port=" + port + ", issuer=" + issuer + "]";
    }
}
