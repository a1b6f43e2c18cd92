package dev.latchkey.jwt;

import dev.latchkey.json.Json;
import dev.latchkey.signingkey.SigningAlgorithm;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.PrematureJwtException;
import io.jsonwebtoken.io.AbstractDeserializer;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import io.jsonwebtoken.security.SignatureException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;

/** The check of a signature. */
final class TokenInspectorSignature {
    private static final String MISMATCH = "has a signature that does not match its content and key";

    /** 64 bytes (RFC 8032 §5.1.6) as base64url. */
    private static final int ED25519_LENGTH = 86;

    private TokenInspectorSignature() {}

    /**
     * Why the token is not one that the key signed by its algorithm; empty when it is. Says nothing on its times, which the
     * caller checks to the second.
     */
    static Optional<String> problem(String token, SigningAlgorithm algorithm, PublicKey key) {
        // The platform takes EdDSA signatures with bytes behind them.
        int length = token.length() - token.lastIndexOf('.') - 1;
        if (algorithm == SigningAlgorithm.EDDSA && length != ED25519_LENGTH) {
            return Optional.of(MISMATCH);
        }
        try {
            Jwts.parser()
                    .json(new StrictJson())
                    .sig()
                    .clear()
                    .add(of(algorithm))
                    .and()
                    .verifyWith(key)
                    .build()
                    .parseSignedClaims(token);
            return Optional.empty();
        } catch (ExpiredJwtException | PrematureJwtException e) {
            // Both come after the signature was found good.
            return Optional.empty();
        } catch (SignatureException e) {
            return Optional.of(MISMATCH);
        } catch (RuntimeException e) {
            // The parser converts header and claims as it goes, and fails on odd ones in more than one way.
            return Optional.of("cannot be verified: a field of its header or a claim is not of the right type");
        }
    }

    private static SecureDigestAlgorithm<?, ?> of(SigningAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256 -> Jwts.SIG.RS256;
            case ES256 -> Jwts.SIG.ES256;
            case EDDSA -> Jwts.SIG.EdDSA;
        };
    }

    private static final class StrictJson extends AbstractDeserializer<Map<String, ?>> {
        @Override
        protected Map<String, ?> doDeserialize(Reader reader) throws Exception {
            return Json.parseObject(text(reader));
        }

        private static String text(Reader reader) throws IOException {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString();
        }
    }
}
