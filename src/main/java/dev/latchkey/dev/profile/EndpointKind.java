package dev.latchkey.dev.profile;

import static dev.latchkey.dev.profile.BaseUrl.isAtOrBelow;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an endpoint does, whatever its path: the contract's, or that of a profile. */
public enum EndpointKind {
    TOKEN,
    JWKS,
    METADATA,
    INTROSPECTION,
    REVOCATION,
    VERIFY;

    /** The name in lower case, as {@code /dev/faults} has it. */
    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the contract has at a path below the issuer's own path; empty for everything that is none of these six. */
    static Optional<EndpointKind> ofContract(String path) {
        return switch (path) {
            case "/connect/token" -> Optional.of(TOKEN);
            case "/connect/introspect" -> Optional.of(INTROSPECTION);
            case "/connect/revocation" -> Optional.of(REVOCATION);
            case "/.well-known/jwks.json", "/.well-known/openid-configuration/jwks" -> Optional.of(JWKS);
            default ->
                isAtOrBelow("/connect/verify", path)
                        ? Optional.of(VERIFY)
                        : Stream.of("openid-configuration", "oauth-authorization-server", "oauth-protected-resource")
                                .filter(name -> isAtOrBelow("/.well-known/" + name, path))
                                .map(name -> METADATA)
                                .findFirst();
        };
    }
}
