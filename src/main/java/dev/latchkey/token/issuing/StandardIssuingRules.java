package dev.latchkey.token.issuing;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.Audiences;
import dev.latchkey.error.LogText;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.TokenSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A token has at most the scopes and audiences of its key. */
public final class StandardIssuingRules implements IssuingRules {
    private final TokenSettings settings;

    public StandardIssuingRules(TokenSettings settings) {
        this.settings = settings;
    }

    /** All that the key has, or the subset asked for, in the key's order. */
    @Override
    public ScopeSet scope(TokenRequest request, AccessKey key) {
        ScopeSet own = key.settings().scopes();
        if (request.scope() == null) {
            return own;
        }
        ScopeSet wanted = asked(request.scope());
        if (!own.containsAll(wanted)) {
            throw TokenRefusedException.of(
                    OAuthError.INVALID_SCOPE,
                    "The requested scope goes beyond what this client may have.",
                    "the scope " + LogText.quoted(wanted.without(own).tokens()) + " is beyond what the key has: "
                            + LogText.quoted(own.tokens()));
        }
        return own.retain(wanted);
    }

    /**
     * The scope that a request asks for.
     *
     * @throws TokenRefusedException with {@code invalid_scope} when the text is malformed
     */
    public static ScopeSet asked(String scope) {
        return ScopeSet.parse(scope)
                .orElseThrow(() -> TokenRefusedException.of(
                        OAuthError.INVALID_SCOPE,
                        "scope must be scope tokens separated by single spaces (RFC 6749 section 3.3).",
                        "the scope " + LogText.quoted(scope) + " is malformed"));
    }

    /**
     * What was asked for where that is among the key's audiences, in the form that the key has; all of the key's where
     * nothing was asked for.
     */
    @Override
    public List<String> audience(TokenRequest request, AccessKey key, ScopeSet granted) {
        List<String> allowed = allowedAudiences(key.settings(), settings);
        if (!request.resources().isEmpty() && request.audience() != null) {
            throw TokenRefusedException.of(
                    OAuthError.INVALID_REQUEST, "Use either resource or audience, not both in one request.");
        }
        List<String> asked = request.audience() == null ? request.resources() : List.of(request.audience());
        if (asked.isEmpty()) {
            return allowed;
        }
        Set<String> targets = new LinkedHashSet<>();
        for (String one : asked) {
            targets.add(Audiences.find(allowed, one).orElseThrow(() -> beyond(one, allowed)));
        }
        return List.copyOf(targets);
    }

    @Override
    public Instant issuedAt(Instant now) {
        return now;
    }

    private static TokenRefusedException beyond(String asked, List<String> allowed) {
        return TokenRefusedException.of(
                OAuthError.INVALID_TARGET,
                "The requested resource or audience is not one of this client's.",
                "the resource or audience " + LogText.quoted(asked) + " is not among " + LogText.quoted(allowed));
    }

    /** The key's audiences, or the default; with the issuer for a key that may call the management API. */
    public static List<String> allowedAudiences(AccessKeySettings key, TokenSettings settings) {
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
