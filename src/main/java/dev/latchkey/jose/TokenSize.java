package dev.latchkey.jose;

import dev.latchkey.accesskey.AccessKeySettings;
import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.token.AccessTokenClaims;
import dev.latchkey.token.TokenSettings;
import dev.latchkey.token.TokenTyp;
import dev.latchkey.token.issuing.StandardIssuingRules;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** How large access tokens become, by the claims as {@link JwtSigner} writes them. Thread-safe. */
public final class TokenSize implements TokenSizeRule.Measure {
    /** Has as many digits as the times of the next centuries. */
    private static final Instant SOME_TIME = Instant.ofEpochSecond(9_999_999_999L);

    /** 128 random bits in base64url. */
    private static final String SOME_TOKEN_ID = "x".repeat(22);

    /** A SHA-256 in base64url (RFC 7638). */
    private static final String SOME_KID = "x".repeat(43);

    private static final int LEAST_SIGNATURE_BYTES = 256;

    private final TokenSettings settings;
    private final Supplier<List<PublicJwk>> published;

    /** Tokens as a service issues them, signed by the largest of the published keys. */
    public TokenSize(TokenSettings settings, Supplier<List<PublicJwk>> published) {
        this.settings = settings;
        this.published = published;
    }

    @Override
    public int bytes(String keyId, AccessKeySettings key) {
        AccessTokenClaims claims = new AccessTokenClaims(
                settings.issuer(),
                keyId,
                keyId,
                StandardIssuingRules.allowedAudiences(key, settings),
                SOME_TIME,
                SOME_TIME,
                SOME_TOKEN_ID,
                key.scopes(),
                key.claims());
        int header = JwtSigner.header(SigningAlgorithm.RS256.publicName(), TokenTyp.AT_JWT, SOME_KID).length;
        return encoded(header) + 1 + encoded(ClaimsJson.write(claims).length) + 1 + encoded(signatureBytes());
    }

    private int signatureBytes() {
        return published.get().stream()
                .filter(jwk -> jwk.algorithm() == SigningAlgorithm.RS256)
                .mapToInt(jwk -> (jwk.bits() + Byte.SIZE - 1) / Byte.SIZE)
                .reduce(LEAST_SIGNATURE_BYTES, Math::max);
    }

    /** The length in base64url without padding. */
    private static int encoded(int bytes) {
        return (bytes * Byte.SIZE + 5) / 6;
    }
}
