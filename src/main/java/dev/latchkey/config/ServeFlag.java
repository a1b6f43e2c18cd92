package dev.latchkey.config;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The flags of {@code serve}. Each has an environment variable, which a flag wins over. */
public enum ServeFlag {
    HOST("--host", "ADDRESS", "localhost", "Address to listen on."),
    PORT("--port", "PORT", "8080", "Port to listen on; 0 picks a free one and prints it."),
    DB("--db", "STORE", "latchkey.db", "SQLite file, a postgresql: or JDBC URL, or :memory: to keep nothing."),
    ISSUER("--issuer", "URL", null, "The iss of every token and the base of all URLs; default http://localhost:PORT."),
    AUDIENCE("--audience", "AUDIENCE", null, "The aud of tokens whose key names none; default the issuer."),
    TOKEN_LIFETIME("--token-lifetime", "DURATION", "60m", "How long a token lives: 30s, 60m, 2h or ISO-8601."),
    TOKEN_TYP(
            "--token-typ",
            "TYP",
            "at+jwt",
            "The typ of tokens: at+jwt (RFC 9068), or JWT for verifiers that take no other, such as Spring's."),
    SIGNING_KEY_FILE("--signing-key-file", "FILE", null, "PEM private key to sign with, instead of the store's."),
    SIGNING_ALGORITHM(
            "--signing-algorithm",
            "ALGORITHM",
            null,
            "RS256, ES256 or EdDSA: what new signing keys are for; default that of the store's keys, at first RS256."),
    KEY_SIZE("--key-size", "BITS", "2048", "Size of a new RS256 signing key: 2048, 3072 or 4096."),
    AUDIT_RETENTION("--audit-retention", "DURATION", "400d", "How long audit events are kept: 1d to 36500d."),
    SEED(
            "--seed",
            "FILE",
            null,
            "JSON of keys and scopes to create or update at start, each key with its secret: a file, the JSON itself, or - for standard input."),
    ROTATE_EVERY("--rotate-every", "DURATION", null, "Rotate the signing key when it is this old, such as 90d."),
    BACKUP_DIR(
            "--backup-dir",
            "FOLDER",
            null,
            "Copy the store into this folder while serving, as latchkey-YYYYMMDDTHHMMSSZ.db: for SQLite."),
    BACKUP_EVERY("--backup-every", "DURATION", "24h", "How long after one copy the next is made: 1m or more."),
    BACKUP_KEEP("--backup-keep", "NUMBER", "7", "How many copies stay; older ones are deleted."),
    MASTER_KEY_FILE("--master-key-file", "FILE", null, "32 random bytes in base64; encrypts private signing keys."),
    TLS_CERT("--tls-cert", "FILE", null, "PEM certificate and its chain: serve HTTPS. Picked up anew when renewed."),
    TLS_KEY("--tls-key", "FILE", null, "PEM private key of --tls-cert."),
    METRICS("--metrics", null, "false", "Serve /metrics for Prometheus on the same port, to all who can reach it."),
    METRICS_PORT(
            "--metrics-port",
            "PORT",
            null,
            "Serve /metrics on a port of its own and on the main one no more; 0 picks a free one and prints it."),
    DEV(
            "--dev",
            null,
            "false",
            "Stand in for an identity provider in development: a ready key, the clock and the faults at /dev, a store in memory unless --db names one."),
    PROFILE(
            "--profile",
            "NAMES",
            null,
            "With --dev: also answer as checkout, duende, keycloak, auth0, entra or hydra does; several with commas."),
    DEV_HOSTS(
            "--dev-hosts",
            "NAMES",
            null,
            "With --dev: more host names by which /dev and /api answer, with commas between."),
    LOG_FORMAT("--log-format", "FORMAT", "text", "How the log is written: text, or json with one object a line."),
    TRUSTED_PROXIES(
            "--trusted-proxies",
            "CIDRS",
            null,
            "Proxies whose X-Forwarded-For names the client in logs, audit and the limit of sign-ins: addresses and blocks such as 10.0.0.0/8,fd00::/8."),
    NO_DASHBOARD("--no-dashboard", null, "false", "Leave the web pages and /api out.");

    private final String flag;
    private final @Nullable String label;
    private final @Nullable String standard;
    private final String description;

    ServeFlag(String flag, @Nullable String label, @Nullable String standard, String description) {
        this.flag = flag;
        this.label = label;
        this.standard = standard;
        this.description = description;
    }

    /** As it is typed, {@code --token-lifetime}. */
    public String flag() {
        return flag;
    }

    /** What its value is called in a help text; empty for a switch. */
    public String label() {
        return label == null ? "" : label;
    }

    /** Whether it takes no value: its being there means {@code true}. Its variable says {@code true} or {@code false}. */
    public boolean isSwitch() {
        return label == null;
    }

    /** One sentence for a help text, with the default and the variable. */
    public String help() {
        String fixed = standard == null || isSwitch() ? "" : "default " + standard + "; ";
        return description + " (" + fixed + variable() + ")";
    }

    /** {@code LATCHKEY_TOKEN_LIFETIME}. */
    public String variable() {
        return "LATCHKEY_" + flag.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Where the value came from, for a message: the flag, or the variable. */
    public String source(@Nullable String given) {
        return given == null ? variable() : flag;
    }

    /** Whether the flag or the environment says something. */
    boolean isGiven(@Nullable String given, Map<String, String> env) {
        String set = env.getOrDefault(variable(), "");
        return given != null || !(set.isEmpty() || Variables.isInjectedPort(variable(), set));
    }

    /**
     * The value to use: the flag's, else the environment's (an empty one counts as not set, and so does what Kubernetes
     * injects), else the default.
     *
     * @param given the flag's value; null = the flag is not there
     * @return null when there is none and no fixed default
     */
    public @Nullable String choose(@Nullable String given, Map<String, String> env) {
        if (given != null) {
            return given;
        }
        String set = env.get(variable());
        return set == null || set.isEmpty() || Variables.isInjectedPort(variable(), set) ? standard : set;
    }
}
