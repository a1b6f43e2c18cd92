package dev.latchkey.token;

import dev.latchkey.accesskey.ScopeSet;
import java.time.Duration;

/**
 * An access token that was just signed (RFC 6749 §5.1).
 *
 * @param accessToken the JWT; never printed
 * @param expiresIn how long it lives, whole seconds
 * @param scope what was granted, in the key's order
 */
public record IssuedToken(String accessToken, Duration expiresIn, ScopeSet scope) {
    @Override
    public String toString() {
        return "IssuedToken[…]";
    }
}
