package dev.latchkey.dev;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.Audiences;
import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.scope.ScopeStore;
import dev.latchkey.token.OAuthError;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.TokenSettings;
import dev.latchkey.token.issuing.IssuingRules;
import dev.latchkey.token.issuing.StandardIssuingRules;
import dev.latchkey.token.issuing.TokenRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The stand-in's own key gets what it asks for; every other is held to what it has. Times are those of the clock and its skew. */
record DevIssuingRules(
        IssuingRules standard, DevKey devKey, DevClock clock, ScopeStore catalogue, TokenSettings settings)
        implements IssuingRules {
    @Override
    public ScopeSet scope(TokenRequest request, AccessKey key) {
        if (!devKey.is(key)) {
            return standard.scope(request, key);
        }
        String asked = request.scope();
        return asked == null
                ? ScopeSet.of(catalogue.all().stream().map(Scope::name).toList())
                : StandardIssuingRules.asked(asked);
    }

    @Override
    public List<String> audience(TokenRequest request, AccessKey key, ScopeSet granted) {
        if (!devKey.is(key)) {
            return standard.audience(request, key, granted);
        }
        if (!request.resources().isEmpty() && request.audience() != null) {
            // The standard rules say what is wrong with that.
            return standard.audience(request, key, granted);
        }
        List<String> asked = request.audience() == null ? request.resources() : List.of(request.audience());
        asked.stream()
                .filter(one -> !AccessKeySettings.isAudience(one))
                .findFirst()
                .ifPresent(one -> {
                    throw TokenRefusedException.of(
                            OAuthError.INVALID_TARGET,
                            "An audience is printable ASCII without spaces, 500 characters at most.");
                });
        List<String> audience =
                new ArrayList<>(asked.isEmpty() ? List.of(settings.defaultAudience()) : new LinkedHashSet<>(asked));
        if (granted.hasReserved() && !Audiences.contain(audience, settings.issuer())) {
            audience.add(settings.issuer());
        }
        return audience;
    }

    @Override
    public Instant issuedAt(Instant now) {
        return standard.issuedAt(now).plus(clock.skew());
    }
}
