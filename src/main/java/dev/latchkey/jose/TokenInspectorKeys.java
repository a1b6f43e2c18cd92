package dev.latchkey.jose;

import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that a token may have been signed with: those of a JWK Set that can be used for an algorithm of ours. Immutable. */
final class TokenInspectorKeys {
    private static final int MIN_BITS = 2048;

    /** Beyond this a check would take seconds, which is what a hostile key is for. */
    private static final int MAX_BITS = 8192;

    /** A key that can be used, and the algorithm that it is for. */
    record Key(SigningAlgorithm algorithm, PublicKey key) {}

    /** Two keys under one kid are tried in turn. */
    private record Entry(@Nullable String kid, Key key) {}

    private final List<Entry> entries;
    private final @Nullable String problem;

    private TokenInspectorKeys(List<Entry> entries, @Nullable String problem) {
        this.entries = List.copyOf(entries);
        this.problem = problem;
    }

    /** No keys, for the reason given. */
    static TokenInspectorKeys none(String problem) {
        return new TokenInspectorKeys(List.of(), problem);
    }

    static TokenInspectorKeys of(List<PublicJwk> jwks) {
        List<Entry> entries = new ArrayList<>();
        for (PublicJwk jwk : jwks) {
            key(jwk).ifPresent(key -> entries.add(new Entry(jwk.kid(), key)));
        }
        return new TokenInspectorKeys(entries, null);
    }

    /** The usable keys of a JWK Set (RFC 7517 §5); keys for anything else are passed over, as §5 says. */
    static TokenInspectorKeys ofJwkSet(String json) {
        try {
            if (!(JsonReader.object(json).get("keys") instanceof List<?> keys)) {
                return none("cannot be verified: the key set has no array \"keys\"");
            }
            List<Entry> entries = new ArrayList<>();
            for (Object key : keys) {
                if (key instanceof Map<?, ?> jwk) {
                    entry(jwk).ifPresent(entries::add);
                }
            }
            return new TokenInspectorKeys(entries, null);
        } catch (JsonSyntaxException e) {
            return none("cannot be verified: the key set " + e.getMessage());
        }
    }

    /** Why there are no keys at all, where that is known. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The keys to try: those with the kid; for a token without one the only key there is, or none. */
    List<Key> matching(@Nullable String kid) {
        if (kid == null) {
            return entries.size() == 1 ? List.of(entries.get(0).key()) : List.of();
        }
        return entries.stream()
                .filter(entry -> kid.equals(entry.kid()))
                .map(Entry::key)
                .toList();
    }

    private static Optional<Entry> entry(Map<?, ?> jwk) {
        return jwk(jwk).filter(known -> isOneOf(jwk.get("use"), "sig"))
                .filter(known -> isOneOf(jwk.get("alg"), known.algorithm().publicName()))
                .flatMap(TokenInspectorKeys::key)
                .map(key -> new Entry(jwk.get("kid") instanceof String text ? text : null, key));
    }

    /** The kind of key says the one algorithm that it is tried with. */
    private static Optional<PublicJwk> jwk(Map<?, ?> jwk) {
        Object kty = jwk.get("kty");
        Object crv = jwk.get("crv");
        if ("RSA".equals(kty) && jwk.get("n") instanceof String n && jwk.get("e") instanceof String e) {
            return Optional.of(PublicJwk.rsa(n, e));
        }
        if (!(jwk.get("x") instanceof String x)) {
            return Optional.empty();
        }
        if ("EC".equals(kty) && "P-256".equals(crv) && jwk.get("y") instanceof String y) {
            return Optional.of(PublicJwk.p256(x, y));
        }
        return "OKP".equals(kty) && "Ed25519".equals(crv) ? Optional.of(PublicJwk.ed25519(x)) : Optional.empty();
    }

    private static boolean isOneOf(@Nullable Object optional, String only) {
        return optional == null || optional.equals(only);
    }

    private static Optional<Key> key(PublicJwk jwk) {
        SigningAlgorithm algorithm = jwk.algorithm();
        boolean rsa = algorithm == SigningAlgorithm.RS256;
        try {
            if (rsa && (jwk.bits() < MIN_BITS || jwk.bits() > MAX_BITS)) {
                return Optional.empty();
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return JwkKeys.read(jwk).map(key -> new Key(algorithm, key));
    }
}
