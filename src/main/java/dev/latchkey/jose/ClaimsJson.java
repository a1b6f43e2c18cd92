package dev.latchkey.jose;

import dev.latchkey.json.ObjectBytes;
import dev.latchkey.token.AccessTokenClaims;

/** The claims of an access token as JSON (RFC 9068 §2.2, RFC 7519 §4.1). */
final class ClaimsJson {
    private static final int EXPECTED_BYTES = 384;

    private ClaimsJson() {}

    static byte[] write(AccessTokenClaims claims) {
        return new ObjectBytes(EXPECTED_BYTES)
                .field("iss", claims.issuer())
                .field("sub", claims.subject())
                .field("client_id", claims.clientId())
                .field("aud", claims.audience())
                .field("iat", claims.issuedAt().getEpochSecond())
                .field("exp", claims.expiresAt().getEpochSecond())
                .field("jti", claims.tokenId())
                .field("scope", claims.scope().toString())
                .fieldsOf(claims.custom().json())
                .end();
    }
}
