package dev.latchkey.jwt;

import dev.latchkey.json.Json;
import dev.latchkey.json.JsonSyntaxException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a stored JWK Set, whose form was checked when it was registered. */
final class AssertionKeys {
    private AssertionKeys() {}

    /**
     * Those that may have signed: of the algorithm's type, not meant for another algorithm, and of the kid that the
     * header names, where both have one.
     */
    static List<PublicKey> matching(String jwks, AssertionAlgorithm alg, @Nullable Object kid) {
        List<PublicKey> keys = new ArrayList<>();
        for (Object item : (List<?>) parse(jwks).getOrDefault("keys", List.of())) {
            Map<String, Object> jwk = Json.asObject((Map<?, ?>) item);
            Object own = jwk.get("kid");
            boolean ofKid = kid == null || own == null || own.equals(kid);
            Object ownAlg = jwk.get("alg");
            if (ofKid && alg.kty().equals(jwk.get("kty")) && (ownAlg == null || ownAlg.equals(alg.name()))) {
                keys.add(key(jwk));
            }
        }
        return keys;
    }

    private static Map<String, Object> parse(String jwks) {
        try {
            return Json.parseObject(jwks);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("a stored JWK Set is not JSON", e);
        }
    }

    private static PublicKey key(Map<String, Object> jwk) {
        try {
            return "RSA".equals(jwk.get("kty"))
                    ? KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")))
                    : KeyFactory.getInstance("EC")
                            .generatePublic(
                                    new ECPublicKeySpec(new ECPoint(number(jwk, "x"), number(jwk, "y")), p256()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a stored JWK cannot be used", e);
        }
    }

    private static ECParameterSpec p256() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static BigInteger number(Map<String, Object> jwk, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(String.valueOf(jwk.get(member))));
    }
}
