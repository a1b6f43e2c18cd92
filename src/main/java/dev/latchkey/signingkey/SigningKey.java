package dev.latchkey.signingkey;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A signing key without its private part. Times are whole seconds.
 *
 * @param jwk the public part
 * @param state what it is used for
 * @param createdAt when it was made or imported
 * @param publishedAt since when the JWK Set has it; never earlier than that is true
 * @param activatedAt when it began, or begins, to sign; null = it is {@link State#NEXT}
 * @param retiredAt when it stopped, or stops, to sign; null = not retired
 * @param publishedUntil the first moment at which the JWK Set no longer has it; null = not retired
 * @param longestLifetime no token that it has signed lives longer, but for those of the last few seconds
 */
public record SigningKey(
        PublicJwk jwk,
        State state,
        Instant createdAt,
        Instant publishedAt,
        @Nullable Instant activatedAt,
        @Nullable Instant retiredAt,
        @Nullable Instant publishedUntil,
        Duration longestLifetime) {
    /** What a signing key is used for. */
    public enum State {
        /** It signs. There is exactly one. */
        ACTIVE,
        /** Published, so that verifiers know it, and not yet signing. There is exactly one, once a first start is done. */
        NEXT,
        /** Published until the last token that it signed has expired. */
        RETIRED;

        /** The name in the API and in the store. */
        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A key that does not sign yet. */
    static SigningKey next(PublicJwk jwk, Instant createdAt, Instant publishedAt, Duration longestLifetime) {
        return new SigningKey(jwk, State.NEXT, createdAt, publishedAt, null, null, null, longestLifetime);
    }

    /** The same key, signing from {@code at} on. */
    SigningKey activated(Instant at) {
        return new SigningKey(jwk, State.ACTIVE, createdAt, publishedAt, at, null, null, longestLifetime);
    }

    /** The same key, no longer signing from {@code at} on. */
    SigningKey retired(Instant at) {
        Instant until = SigningKeyRules.publishedUntil(at, longestLifetime);
        return new SigningKey(jwk, State.RETIRED, createdAt, publishedAt, activatedAt, at, until, longestLifetime);
    }

    /** The same key, with tokens that live that long. */
    SigningKey withMaxLifetime(Duration lifetime) {
        Instant until = retiredAt == null ? null : SigningKeyRules.publishedUntil(retiredAt, lifetime);
        return new SigningKey(jwk, state, createdAt, publishedAt, activatedAt, retiredAt, until, lifetime);
    }

    public String kid() {
        return jwk.kid();
    }

    /** Whether the JWK Set has it: up to, and not at, {@link #publishedUntil}. */
    public boolean isPublished(Instant now) {
        return publishedUntil == null || now.isBefore(publishedUntil);
    }
}
