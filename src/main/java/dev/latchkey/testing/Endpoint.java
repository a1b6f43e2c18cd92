package dev.latchkey.testing;

import dev.latchkey.dev.profile.EndpointKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an endpoint does, whatever its path: Latchkey's own, or that of a profile. */
public enum Endpoint {
    /** Issues tokens (RFC 6749 §3.2). */
    TOKEN,
    /** The JWK Set (RFC 7517 §5). */
    JWKS,
    /** Metadata (RFC 8414, OpenID Connect Discovery). */
    METADATA,
    /** Introspection (RFC 7662). */
    INTROSPECTION,
    /** Revocation (RFC 7009). */
    REVOCATION,
    /** Forward authentication, {@code /connect/verify}. */
    VERIFY,
    /** All of these. */
    ANY;

    /** The kind of endpoint; null = any. */
    @Nullable
    EndpointKind kind() {
        return this == ANY ? null : EndpointKind.valueOf(name());
    }

    /** The one of this name in the log of requests. */
    static Endpoint of(String publicName) {
        return valueOf(publicName.toUpperCase(Locale.ROOT));
    }
}
