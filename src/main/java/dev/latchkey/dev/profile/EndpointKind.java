package dev.latchkey.dev.profile;

import java.util.Locale;
import java.util.Optional;

/** What an endpoint does, whatever its path: the contract's, or that of a profile. */
public enum EndpointKind {
    TOKEN,
    JWKS,
    METADATA,
    INTROSPECTION,
    REVOCATION,
    VERIFY;

    private static final String WELL_KNOWN = "/.well-known/";
    private static final String FORWARD_AUTH = "/connect/verify";

    /** The name in lower case, as {@code /dev/faults} has it. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the contract has at a path below the issuer's own path; empty for everything that is none of these six. */
    static Optional<EndpointKind> ofContract(String path) {
        return Optional.ofNullable(
                switch (path) {
                    case "/connect/token" -> TOKEN;
                    case "/connect/introspect" -> INTROSPECTION;
                    case "/connect/revocation" -> REVOCATION;
                    case "/.well-known/jwks.json", "/.well-known/openid-configuration/jwks" -> JWKS;
                    default ->
                        isAtOrBelow(FORWARD_AUTH, path)
                                ? VERIFY
                                : isAtOrBelow(WELL_KNOWN + "openid-configuration", path)
                                                || isAtOrBelow(WELL_KNOWN + "oauth-authorization-server", path)
                                                || isAtOrBelow(WELL_KNOWN + "oauth-protected-resource", path)
                                        ? METADATA
                                        : null;
                });
    }

    private static boolean isAtOrBelow(String top, String path) {
        return path.startsWith(top) && (path.length() == top.length() || path.charAt(top.length()) == '/');
    }
}
