package dev.latchkey.jose;

import dev.latchkey.signingkey.SigningAlgorithm;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SignatureAlgorithm;
import io.jsonwebtoken.security.VerifySecureDigestRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The algorithms that signatures are verified by (RFC 7518 §3.1, RFC 8037 §3.1); JJWT does it. Each fits one type of key,
 * so that none can be taken for another (RFC 8725 §3.1). The first verification loads
 * JJWT, which neither a start nor a token may wait for.
 *
 * <p>JJWT costs 17.4 µs of processor time for RS256 by AWS-LC, a {@code Signature} kept per thread 16.7 (20,000 each in
 * turn, 30 November 2026): not worth keeping one.
 */
enum JwsAlgorithm {
    RS256("RS256", "RSA", 0),
    PS256("PS256", "RSA", 0),
    ES256("ES256", "EC", 64),
    EDDSA("EdDSA", "OKP", 64);

    private final String publicName;
    private final String kty;

    /** Of a signature; 0 = as long as the modulus (RFC 8017 §8.2.2), which every provider checks. */
    private final int signatureBytes;

    JwsAlgorithm(String publicName, String kty, int signatureBytes) {
        this.publicName = publicName;
        this.kty = kty;
        this.signatureBytes = signatureBytes;
    }

    /** The algorithm of exactly this name. */
    static Optional<JwsAlgorithm> of(@Nullable Object alg) {
        return Arrays.stream(values())
                .filter(known -> known.publicName.equals(alg))
                .findFirst();
    }

    static JwsAlgorithm of(SigningAlgorithm algorithm) {
        return valueOf(algorithm.name());
    }

    /** The {@code alg} of a JOSE header. */
    String publicName() {
        return publicName;
    }

    /** The {@code kty} of its keys. */
    String kty() {
        return kty;
    }

    /**
     * Whether the key's owner signed the data, as the key's provider verifies; null = the platform's own. A signature of
     * another form or length is a wrong one.
     */
    boolean verifies(PublicKey key, @Nullable Provider provider, byte[] data, byte[] signature) {
        // The JDK takes EdDSA signatures with bytes behind them.
        boolean rightLength = signatureBytes == 0 ? signature.length > 0 : signature.length == signatureBytes;
        try {
            return rightLength
                    && verifier().verify(new Request(key, provider, null, new ByteArrayInputStream(data), signature));
        } catch (JwtException | IllegalArgumentException e) {
            return false;
        }
    }

    private SignatureAlgorithm verifier() {
        return switch (this) {
            case RS256 -> Jwts.SIG.RS256;
            case PS256 -> Jwts.SIG.PS256;
            case ES256 -> Jwts.SIG.ES256;
            case EDDSA -> Jwts.SIG.EdDSA;
        };
    }

    /** What JJWT asks for. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Request(
            PublicKey getKey,
            @Nullable Provider getProvider,
            @Nullable SecureRandom getSecureRandom,
            InputStream getPayload,
            byte[] getDigest)
            implements VerifySecureDigestRequest<PublicKey> {}
}
