package dev.latchkey.token;

import dev.latchkey.accesskey.AccessKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Which audiences a token is for (RFC 8707 §2). */
final class Targets {
    private Targets() {}

    /**
     * The audience of a token: what was asked for where that is among the key's audiences, else all of the key's.
     *
     * @throws TokenRefusedException when the request names a target that the key does not have, or names targets in both
     *     ways at once
     */
    static List<String> choose(TokenRequest request, AccessKey key, TokenSettings settings) {
        List<String> allowed = allowed(key, settings);
        if (!request.resources().isEmpty() && request.audience() != null) {
            throw TokenRefusedException.of(
                    OAuthError.INVALID_REQUEST, "Use either resource or audience, not both in one request.");
        }
        List<String> asked = request.audience() == null ? request.resources() : List.of(request.audience());
        if (asked.isEmpty()) {
            return allowed;
        }
        if (!allowed.containsAll(asked)) {
            throw TokenRefusedException.of(
                    OAuthError.INVALID_TARGET, "The requested resource or audience is not one of this client's.");
        }
        return List.copyOf(new LinkedHashSet<>(asked));
    }

    /** The key's audiences, or the default; with the issuer for a key that may call the management API. */
    private static List<String> allowed(AccessKey key, TokenSettings settings) {
        List<String> own = key.settings().audience();
        List<String> allowed = own.isEmpty() ? List.of(settings.defaultAudience()) : own;
        if (!key.settings().scopes().hasReserved() || allowed.contains(settings.issuer())) {
            return allowed;
        }
        List<String> withIssuer = new ArrayList<>(allowed);
        withIssuer.add(settings.issuer());
        return withIssuer;
    }
}
