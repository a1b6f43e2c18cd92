package dev.latchkey.token.issuing;

import dev.latchkey.scope.ScopeSet;
import java.time.Duration;

/** An access token that was just signed (RFC 6749 §5.1). Never printed. */
public final class IssuedToken {
    private final byte[] accessToken;
    private final Duration expiresIn;
    private final ScopeSet scope;

    IssuedToken(byte[] accessToken, Duration expiresIn, ScopeSet scope) {
        this.accessToken = accessToken;
        this.expiresIn = expiresIn;
        this.scope = scope;
    }

    /** The JWT, in ASCII; do not change it. */
    public byte[] accessToken() {
        return accessToken;
    }

    /** How long it lives, whole seconds. */
    public Duration expiresIn() {
        return expiresIn;
    }

    /** What was granted, in the key's order. */
    public ScopeSet scope() {
        return scope;
    }
}
