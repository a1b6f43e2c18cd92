package dev.latchkey.jose;

import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import java.security.PublicKey;
import java.util.ArrayList;
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
    static List<PublicKey> matching(String jwks, JwsAlgorithm alg, @Nullable Object kid) {
        List<PublicKey> keys = new ArrayList<>();
        for (Map<?, ?> jwk : keys(jwks)) {
            Object own = jwk.get("kid");
            boolean ofKid = kid == null || own == null || own.equals(kid);
            Object ownAlg = jwk.get("alg");
            if (ofKid && alg.kty().equals(jwk.get("kty")) && (ownAlg == null || ownAlg.equals(alg.publicName()))) {
                JwkKeys.read(jwk).ifPresent(keys::add);
            }
        }
        return keys;
    }

    static boolean hasKid(String jwks, String kid) {
        return keys(jwks).stream().anyMatch(jwk -> kid.equals(jwk.get("kid")));
    }

    private static List<Map<?, ?>> keys(String jwks) {
        try {
            List<Map<?, ?>> keys = new ArrayList<>();
            ((List<?>) JsonReader.object(jwks).getOrDefault("keys", List.of()))
                    .forEach(key -> keys.add((Map<?, ?>) key));
            return keys;
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("a stored JWK Set is not JSON", e);
        }
    }
}
