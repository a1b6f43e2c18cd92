package dev.latchkey.dev.tokens;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.latchkey.jose.JwkKeys;
import dev.latchkey.signingkey.KeySigner;
import dev.latchkey.signingkey.KeySource;
import dev.latchkey.signingkey.PublicJwk;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes one token wrong in the ways that were ordered, and in no other. For one thread. */
record BrokenToken(List<Break> breaks, Instant now, SecureRandom random) {
    private static final String ELSEWHERE = "https://elsewhere.example";
    private static final long HOUR = 3600;
    private static final int KID_BYTES = 32;
    private static final int CUT_CHARACTERS = 20;

    /** Changes what the token says. */
    void change(ObjectNode header, ObjectNode claims) {
        breaks.forEach(one -> change(one, header, claims));
    }

    private void change(Break one, ObjectNode header, ObjectNode claims) {
        long lifetime =
                Math.max(1, claims.path("exp").asLong() - claims.path("iat").asLong());
        long seconds = now.getEpochSecond();
        switch (one) {
            case EXPIRED -> claims.put("iat", seconds - HOUR - lifetime).put("exp", seconds - HOUR);
            case NOT_YET_VALID -> claims.put("nbf", seconds + HOUR).put("exp", seconds + HOUR + lifetime);
            case WRONG_AUDIENCE -> claims.putArray("aud").add(ELSEWHERE);
            case NO_AUDIENCE -> claims.remove("aud");
            case WRONG_ISSUER -> claims.put("iss", ELSEWHERE);
            case UNKNOWN_KID -> header.put("kid", TokenMaker.random(random, KID_BYTES));
            case NO_KID -> header.remove("kid");
            case ALG_NONE -> header.put("alg", "none");
            case HS256_WITH_PUBLIC_KEY -> header.put("alg", "HS256");
            case WRONG_TYP -> header.put("typ", "logout+jwt");
            case FUTURE_IAT -> claims.put("iat", seconds + HOUR).put("exp", seconds + HOUR + lifetime);
            case MISSING_SCOPE -> claims.remove("scope");
            case NO_EXP -> claims.remove("exp");
            case BAD_SIGNATURE, REVOKED, TRUNCATED -> {
                // Not what it says is wrong.
            }
        }
    }

    /** The token in compact form (RFC 7515 §7.1), signed as it is to be. */
    String sign(ObjectNode header, ObjectNode claims, KeySigner signer, KeySource keys) {
        String text = TokenMaker.encoded(header) + "." + TokenMaker.encoded(claims);
        byte[] input = text.getBytes(StandardCharsets.US_ASCII);
        byte[] signature = breaks.contains(Break.ALG_NONE)
                ? new byte[0]
                : breaks.contains(Break.HS256_WITH_PUBLIC_KEY)
                        ? hmac(input, publicKeyText(signer, keys))
                        : signer.sign(input);
        if (breaks.contains(Break.BAD_SIGNATURE) && signature.length > 0) {
            signature[signature.length / 2] ^= 1;
        }
        String token = text + "." + TokenMaker.encoded(signature);
        return breaks.contains(Break.TRUNCATED) ? token.substring(0, token.length() - CUT_CHARACTERS) : token;
    }

    /** The public key as people paste it: what a verifier that takes the algorithm from the token would use as a secret. */
    private static byte[] publicKeyText(KeySigner signer, KeySource keys) {
        PublicJwk jwk = keys.published().stream()
                .filter(key -> key.kid().equals(signer.kid()))
                .findFirst()
                .orElseThrow();
        byte[] der = JwkKeys.read(jwk).orElseThrow().getEncoded();
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return ("-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hmac(byte[] input, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }
}
