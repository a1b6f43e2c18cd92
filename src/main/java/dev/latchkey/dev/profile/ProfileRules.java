package dev.latchkey.dev.profile;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.issuing.IssuingRules;
import dev.latchkey.token.issuing.TokenRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The service's own rules, but for the audience, which a provider may name in its own way. Thread-safe.
 *
 * @param issuer of the service, whose own API takes tokens for it
 */
record ProfileRules(IssuingRules rules, AudienceRule audienceRule, String issuer) implements IssuingRules {
    private static final String APPLICATION_URI = "api://";

    /** How a provider finds the audience. */
    enum AudienceRule {
        /** As the contract does. */
        CONTRACT,
        /** The first of the key's, where none is asked for. */
        FIRST,
        /** A resource, with or without the scheme of application URIs; any for a key that names no audience. */
        RESOURCE
    }

    @Override
    public ScopeSet scope(TokenRequest request, AccessKey key) {
        return rules.scope(request, key);
    }

    @Override
    public Instant issuedAt(Instant now) {
        return rules.issuedAt(now);
    }

    @Override
    public List<String> audience(TokenRequest request, AccessKey key, ScopeSet granted) {
        String asked = request.audience();
        boolean none = asked == null && request.resources().isEmpty();
        if (none && audienceRule == AudienceRule.FIRST && !granted.hasReserved()) {
            return rules.audience(request, key, granted).subList(0, 1);
        }
        if (asked == null || audienceRule != AudienceRule.RESOURCE) {
            return rules.audience(request, key, granted);
        }
        return allowed(asked, request, key, granted)
                .or(() -> asked.startsWith(APPLICATION_URI)
                        ? allowed(asked.substring(APPLICATION_URI.length()), request, key, granted)
                        : Optional.empty())
                .or(() -> ofKeyWithoutAudience(asked, key, granted))
                .orElseGet(() -> rules.audience(request, key, granted));
    }

    private Optional<List<String>> allowed(String asked, TokenRequest request, AccessKey key, ScopeSet granted) {
        TokenRequest same = new TokenRequest(
                request.credentials(), request.grantType(), request.scope(), List.of(), asked, request.parameters());
        try {
            return Optional.of(rules.audience(same, key, granted));
        } catch (TokenRefusedException e) {
            return Optional.empty();
        }
    }

    private Optional<List<String>> ofKeyWithoutAudience(String asked, AccessKey key, ScopeSet granted) {
        if (!key.settings().audience().isEmpty() || !AccessKeySettings.isAudience(asked)) {
            return Optional.empty();
        }
        return Optional.of(
                granted.hasReserved() ? Stream.of(asked, issuer).distinct().toList() : List.of(asked));
    }
}
