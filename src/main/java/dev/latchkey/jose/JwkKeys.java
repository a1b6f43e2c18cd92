package dev.latchkey.jose;

import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.signingkey.PublicJwk;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwks;
import java.security.Key;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes keys of JWKs (RFC 7517 §4) by JJWT, which looks whether numbers are there and points lie on their curve. */
public final class JwkKeys {
    /** What makes up a public key (RFC 7518 §6.2.1, §6.3.1, RFC 8037 §2); nothing else of a JWK is looked at. */
    private static final List<String> MEMBERS = List.of("kty", "n", "e", "crv", "x", "y");

    private JwkKeys() {}

    /** The public key; empty when it is none that can be used. */
    static Optional<PublicKey> read(Map<?, ?> jwk) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String member : MEMBERS) {
            if (jwk.get(member) instanceof String text) {
                members.put(member, text);
            }
        }
        try {
            Key key = Jwks.builder().add(members).build().toKey();
            return key instanceof PublicKey publicKey ? Optional.of(publicKey) : Optional.empty();
        } catch (JwtException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The key of a signing key's public part; empty when it is none that can be used. */
    public static Optional<PublicKey> read(PublicJwk jwk) {
        Map<String, Object> members = new LinkedHashMap<>(jwk.members());
        members.put("kty", jwk.algorithm().kty());
        return read(members);
    }

    /**
     * The keys of a stored JWK Set that may have signed: of the algorithm's type, not meant for another algorithm, and of
     * the kid that the header names, where both have one.
     */
    static List<PublicKey> matching(String jwks, JwsAlgorithm alg, @Nullable Object kid) {
        return keys(jwks)
                .filter(jwk -> kid == null || isOneOf(jwk.get("kid"), kid))
                .filter(jwk -> alg.kty().equals(jwk.get("kty")) && isOneOf(jwk.get("alg"), alg.publicName()))
                .flatMap(jwk -> read(jwk).stream())
                .toList();
    }

    /** Whether a stored JWK Set has a key of this kid. */
    static boolean hasKid(String jwks, String kid) {
        return keys(jwks).anyMatch(jwk -> kid.equals(jwk.get("kid")));
    }

    /** Whether a member that need not be there is this one. */
    static boolean isOneOf(@Nullable Object optional, Object only) {
        return optional == null || optional.equals(only);
    }

    /** A stored set's form was checked when it was registered. */
    private static Stream<Map<?, ?>> keys(String jwks) {
        try {
            return ((List<?>) JsonReader.object(jwks).getOrDefault("keys", List.of()))
                    .stream().map(jwk -> (Map<?, ?>) jwk);
        } catch (JsonSyntaxException e) {
            throw new IllegalStateException("a stored JWK Set is not JSON", e);
        }
    }
}
