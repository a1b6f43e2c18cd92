package dev.latchkey.issuer;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Another issuer whose tokens keys may prove themselves by.
 *
 * @param name what keys call it
 * @param issuer its {@code iss}, exactly; several may have the same, as clusters do
 * @param jwksUri where its JWK Set is; null = its metadata says so, or the set is given
 * @param jwks its JWK Set as {@link PublicKeySet} reads it; null = it is fetched
 * @param audience the one {@code aud} of its tokens; null = the service's own issuer
 * @param maxAge how old its tokens may be by their {@code iat}
 * @param singleUse whether each token counts once
 * @param ca PEM certificates that its host's is trusted by, instead of the platform's; null = the platform's
 * @param createdAt cut to seconds
 * @param createdBy the label of the actor who added it
 */
public record TrustedIssuer(
        String name,
        String issuer,
        @Nullable String jwksUri,
        @Nullable String jwks,
        @Nullable String audience,
        Duration maxAge,
        boolean singleUse,
        @Nullable String ca,
        Instant createdAt,
        String createdBy) {
    /** How old a token may be where nothing is said. */
    public static final Duration DEFAULT_MAX_AGE = Duration.ofHours(24);

    /** The same issuer as that one was made. */
    public TrustedIssuer madeAs(TrustedIssuer other) {
        return new TrustedIssuer(
                name, issuer, jwksUri, jwks, audience, maxAge, singleUse, ca, other.createdAt, other.createdBy);
    }
}
