package dev.latchkey.jose;

import dev.latchkey.signingkey.PublicJwk;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens of any content, good and bad, with nothing but the platform. */
public final class TokenForge {
    private final KeyPair pair;

    private TokenForge(KeyPair pair) {
        this.pair = pair;
    }

    public static TokenForge withKeyOf(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new TokenForge(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public PublicJwk jwk() {
        return PublicJwk.of((RSAPublicKey) pair.getPublic());
    }

    public String kid() {
        return jwk().kid();
    }

    /** The JWK Set of this key. */
    public String jwkSet() {
        return "{\"keys\":[" + jwkText() + "]}";
    }

    public String jwkText() {
        return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"" + kid() + "\",\"n\":\""
                + jwk().member("n") + "\",\"e\":\"" + jwk().member("e") + "\"}";
    }

    /** The header of an honest token. */
    public String header() {
        return "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid() + "\"}";
    }

    /** Signed by RS256, whatever the header says. */
    public String sign(String header, String payload) {
        String content = encode(header) + "." + encode(payload);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Signed by HS256 with the public key's bytes as the secret: the algorithm confusion attack. */
    public String signWithPublicKeyAsSecret(String payload) {
        String header = header().replace("RS256", "HS256");
        String content = encode(header) + "." + encode(payload);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pair.getPublic().getEncoded(), "HmacSHA256"));
            byte[] tag = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
