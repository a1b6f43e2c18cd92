package dev.latchkey.jwt;

import dev.latchkey.json.Json;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.signingkey.PublicJwk;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that a token may have been signed with: those of a JWK Set that can be used for RS256. Immutable. */
final class TokenInspectorKeys {
    private static final int MIN_BITS = 2048;

    /** Beyond this a check would take seconds, which is what a hostile key is for. */
    private static final int MAX_BITS = 8192;

    /** Two keys under one kid are tried in turn. */
    private record Entry(@Nullable String kid, RSAPublicKey key) {}

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
            rsa(jwk).ifPresent(key -> entries.add(new Entry(jwk.kid(), key)));
        }
        return new TokenInspectorKeys(entries, null);
    }

    /** The usable keys of a JWK Set (RFC 7517 §5); keys for anything else are passed over, as §5 says. */
    static TokenInspectorKeys ofJwkSet(String json) {
        try {
            if (!(Json.parseObject(json).get("keys") instanceof List<?> keys)) {
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
    List<RSAPublicKey> matching(@Nullable String kid) {
        if (kid == null) {
            return entries.size() == 1 ? List.of(entries.get(0).key()) : List.of();
        }
        return entries.stream()
                .filter(entry -> kid.equals(entry.kid()))
                .map(Entry::key)
                .toList();
    }

    private static Optional<Entry> entry(Map<?, ?> jwk) {
        boolean forRs256 =
                "RSA".equals(jwk.get("kty")) && isOneOf(jwk.get("use"), "sig") && isOneOf(jwk.get("alg"), "RS256");
        if (forRs256 && jwk.get("n") instanceof String n && jwk.get("e") instanceof String e) {
            String kid = jwk.get("kid") instanceof String text ? text : null;
            return rsa(PublicJwk.of(n, e)).map(key -> new Entry(kid, key));
        }
        return Optional.empty();
    }

    private static boolean isOneOf(@Nullable Object optional, String only) {
        return optional == null || optional.equals(only);
    }

    private static Optional<RSAPublicKey> rsa(PublicJwk jwk) {
        try {
            BigInteger modulus = jwk.modulus();
            if (modulus.bitLength() < MIN_BITS || modulus.bitLength() > MAX_BITS) {
                return Optional.empty();
            }
            RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, jwk.exponent());
            return Optional.of((RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
