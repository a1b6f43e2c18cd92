package dev.latchkey.token;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.Audiences;
import dev.latchkey.error.LogText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which audiences a token is for (RFC 8707 §2). */
public final class AudienceResolver {
    private AudienceResolver() {}

    /**
     * The audience of a token: what was asked for where that is among the key's audiences, in the form that the key has;
     * all of the key's where nothing was asked for.
     *
     * @throws TokenRefusedException when the request names a target that the key does not have, or names targets in both
     *     ways at once
     */
    static List<String> resolve(TokenRequest request, AccessKey key, TokenSettings settings) {
        List<String> allowed = allowed(key.settings(), settings);
        if (!request.resources().isEmpty() && request.audience() != null) {
            throw TokenRefusedException.of(
                    OAuthError.INVALID_REQUEST, "Use either resource or audience, not both in one request.");
        }
        List<String> asked = request.audience() == null ? request.resources() : List.of(request.audience());
        if (asked.isEmpty()) {
            return allowed;
        }
        Set<String> granted = new LinkedHashSet<>();
        for (String one : asked) {
            granted.add(Audiences.find(allowed, one).orElseThrow(() -> beyond(one, allowed)));
        }
        return List.copyOf(granted);
    }

    private static TokenRefusedException beyond(String asked, List<String> allowed) {
        return TokenRefusedException.of(
                OAuthError.INVALID_TARGET,
                "The requested resource or audience is not one of this client's.",
                "the resource or audience " + LogText.quoted(asked) + " is not among " + LogText.quoted(allowed));
    }

    /** The key's audiences, or the default; with the issuer for a key that may call the management API. */
    public static List<String> allowed(AccessKeySettings key, TokenSettings settings) {
        List<String> own = key.audience();
        List<String> allowed = own.isEmpty() ? List.of(settings.defaultAudience()) : own;
        if (!key.scopes().hasReserved() || Audiences.contain(allowed, settings.issuer())) {
            return allowed;
        }
        List<String> withIssuer = new ArrayList<>(allowed);
        withIssuer.add(settings.issuer());
        return withIssuer;
    }
}
