package dev.latchkey.accesskey.advice;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Advice on a key as JSON: what the API and {@code --json} share.
 *
 * @param scopesSince when the key was made or its scopes last changed
 * @param allScopesAskedAt when it last asked for a token without naming a scope; null = never
 * @param scopes those that the key has, in its order
 */
public record KeyAdviceJson(
        String keyId,
        String name,
        List<Advice> advice,
        Instant scopesSince,
        @Nullable Instant allScopesAskedAt,
        List<ScopeUse> scopes) {
    /** A scope and its last uses; null = never. */
    public record ScopeUse(
            String scope,
            @Nullable Instant lastAskedAt,
            @Nullable Instant lastDemandedAt) {}

    public static KeyAdviceJson of(KeyAdvice advice) {
        ScopeHistory history = advice.history();
        return new KeyAdviceJson(
                advice.key().id(),
                advice.key().settings().name(),
                advice.advice(),
                history.since(),
                history.unnamedAt(),
                advice.key().settings().scopes().tokens().stream()
                        .map(scope -> new ScopeUse(
                                scope,
                                history.of(scope).askedAt(),
                                history.of(scope).demandedAt()))
                        .toList());
    }
}
