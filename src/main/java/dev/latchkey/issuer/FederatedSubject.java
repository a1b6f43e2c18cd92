package dev.latchkey.issuer;

import java.util.Map;

/**
 * Whose tokens stand for a key's secret.
 *
 * @param issuer the name of a trusted issuer
 * @param subject the {@code sub} of its tokens, exactly
 * @param claims further claims that a token must have, exactly
 */
public record FederatedSubject(String issuer, String subject, Map<String, String> claims) {
    public FederatedSubject {
        claims = Map.copyOf(claims);
    }
}
