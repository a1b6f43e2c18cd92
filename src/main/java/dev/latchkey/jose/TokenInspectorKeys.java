package dev.latchkey.jose;

import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.signingkey.P256Signature;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys that a token may have been signed with: those of a JWK Set that can be used for an algorithm of ours. Immutable. */
final class TokenInspectorKeys {
    private static final int MIN_BITS = 2048;

    /** Beyond this a check would take seconds, which is what a hostile key is for. */
    private static final int MAX_BITS = 8192;

    /** A key that can be used, and the algorithm that it is for. Two keys under one kid are tried in turn. */
    record Key(@Nullable String kid, SigningAlgorithm algorithm, PublicKey key) {}

    private final List<Key> keys;
    private final @Nullable String problem;

    private TokenInspectorKeys(Stream<Optional<Key>> keys, @Nullable String problem) {
        this.keys = keys.flatMap(Optional::stream).toList();
        this.problem = problem;
    }

    /** No keys, for the reason given. */
    static TokenInspectorKeys none(String problem) {
        return new TokenInspectorKeys(Stream.empty(), problem);
    }

    static TokenInspectorKeys of(List<PublicJwk> jwks) {
        return new TokenInspectorKeys(
                jwks.stream().map(jwk -> JwkKeys.read(jwk).flatMap(key -> key(jwk.kid(), key))), null);
    }

    /** The usable keys of a JWK Set (RFC 7517 §5); keys for anything else are passed over, as §5 says. */
    static TokenInspectorKeys ofJwkSet(String json) {
        try {
            if (!(JsonReader.object(json).get("keys") instanceof List<?> keys)) {
                return none("cannot be verified: the key set has no array \"keys\"");
            }
            return new TokenInspectorKeys(
                    keys.stream().filter(Map.class::isInstance).map(key -> key((Map<?, ?>) key)), null);
        } catch (JsonSyntaxException e) {
            return none("cannot be verified: the key set " + e.getMessage());
        }
    }

    /** Why there are no keys at all, where that is known. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The keys to try: those with the kid; for a token without one the only key there is, or none. */
    List<Key> matching(@Nullable String kid) {
        if (kid == null) {
            return keys.size() == 1 ? keys : List.of();
        }
        return keys.stream().filter(key -> kid.equals(key.kid())).toList();
    }

    private static Optional<Key> key(Map<?, ?> jwk) {
        String kid = jwk.get("kid") instanceof String text ? text : null;
        return JwkKeys.read(jwk)
                .filter(key -> JwkKeys.isOneOf(jwk.get("use"), "sig"))
                .flatMap(key -> key(kid, key))
                .filter(key -> JwkKeys.isOneOf(jwk.get("alg"), key.algorithm().publicName()));
    }

    /** The kind of key says the one algorithm that it is tried with. */
    private static Optional<Key> key(@Nullable String kid, PublicKey key) {
        SigningAlgorithm algorithm = null;
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            algorithm = bits >= MIN_BITS && bits <= MAX_BITS ? SigningAlgorithm.RS256 : null;
        } else if (key instanceof ECPublicKey ec) {
            algorithm = ec.getParams().getOrder().equals(P256Signature.ORDER) ? SigningAlgorithm.ES256 : null;
        } else if (key instanceof EdECPublicKey ed) {
            algorithm = ed.getParams().getName().equals("Ed25519") ? SigningAlgorithm.EDDSA : null;
        }
        return algorithm == null ? Optional.empty() : Optional.of(new Key(kid, algorithm, key));
    }
}
