package dev.latchkey.jose;

import dev.latchkey.client.AssertionClaims;
import dev.latchkey.client.AssertionReader;
import dev.latchkey.client.ClientRefusedException;
import dev.latchkey.error.LogText;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.token.InvalidTokenException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Assertions that clients sign (RFC 7523). Only the algorithm decides what is done with a registered key, only three are
 * known, and each fits one type of key, so that none can be taken for another (RFC 8725 §3.1). Thread-safe.
 */
public final class AssertionJwt implements AssertionReader {
    private static final int MAX_LENGTH = 8 * 1024;
    private static final int MAX_TEXT = 1024;

    /** Tried where no key fits, for the time that it takes; the answer is no all the same: the examples of RFC 7517 appendix A.1. */
    private static final String DUMMY_JWKS = "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\","
            + "\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\","
            + "\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"},"
            + "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1"
            + "RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGj"
            + "QR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0"
            + "fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw\"}]}";

    @Override
    public AssertionClaims readUnverified(String jwt) {
        CompactJws jws = parse(jwt);
        JwsAlgorithm alg = algorithm(header(jws)).orElseThrow(() -> wrong("alg"));
        Map<String, Object> claims = object(jws::payload);
        return new AssertionClaims(
                text(claims, "iss"),
                text(claims, "sub"),
                audience(claims),
                time(claims, "exp").orElseThrow(() -> wrong("exp")),
                time(claims, "nbf").orElse(null),
                time(claims, "iat").orElse(null),
                claims.containsKey("jti") ? text(claims, "jti") : null,
                alg.publicName(),
                claims);
    }

    @Override
    public boolean isSigned(String jwt, String jwks) {
        CompactJws jws = parse(jwt);
        Map<String, Object> header = header(jws);
        JwsAlgorithm alg = algorithm(header).orElseThrow(() -> wrong("alg"));
        byte[] signature = wellFormed(jws::signature);
        List<PublicKey> fitting = JwkKeys.matching(jwks, alg, header.get("kid"));
        List<PublicKey> tried = fitting.isEmpty() ? JwkKeys.matching(DUMMY_JWKS, alg, null) : fitting;
        boolean signed = tried.stream().anyMatch(key -> alg.verifies(key, null, jws.signingInput(), signature));
        return signed && !fitting.isEmpty();
    }

    @Override
    public boolean namesUnknownKey(String jwt, String jwks) {
        return header(parse(jwt)).get("kid") instanceof String kid && !JwkKeys.hasKid(jwks, kid);
    }

    private static CompactJws parse(String jwt) {
        return wellFormed(() -> CompactJws.parse(jwt, MAX_LENGTH));
    }

    private static <T> T wellFormed(Supplier<T> part) {
        try {
            return part.get();
        } catch (InvalidTokenException e) {
            throw malformed(e.getMessage());
        }
    }

    private static Map<String, Object> header(CompactJws jws) {
        Map<String, Object> header = object(jws::header);
        if (algorithm(header).isEmpty()) {
            throw malformed(
                    header.get("alg") instanceof String alg
                            ? "its alg is " + LogText.quoted(alg) + ", not RS256, PS256 or ES256"
                            : "its header names no alg; RS256, PS256 or ES256 is wanted");
        }
        if (header.containsKey("crit") || header.containsKey("b64") || header.containsKey("zip")) {
            throw malformed("an extension that is not known (crit, b64 or zip)");
        }
        return header;
    }

    /** Those that clients may sign with. */
    private static Optional<JwsAlgorithm> algorithm(Map<String, Object> header) {
        return JwsAlgorithm.of(header.get("alg")).filter(alg -> alg != JwsAlgorithm.EDDSA);
    }

    private static Map<String, Object> object(Supplier<byte[]> part) {
        try {
            return JsonReader.object(wellFormed(part));
        } catch (JsonSyntaxException e) {
            throw malformed("a part " + e.getMessage());
        }
    }

    private static String text(Map<String, Object> claims, String name) {
        if (claims.get(name) instanceof String text && !text.isEmpty() && text.length() <= MAX_TEXT) {
            return text;
        }
        throw wrong(name);
    }

    /** One audience or an array of them (RFC 7519 §4.1.3). */
    private static List<String> audience(Map<String, Object> claims) {
        Object aud = claims.get("aud");
        if (aud instanceof String one) {
            return List.of(one);
        }
        if (aud instanceof List<?> several
                && !several.isEmpty()
                && several.stream().allMatch(String.class::isInstance)) {
            return several.stream().map(String.class::cast).toList();
        }
        throw wrong("aud");
    }

    private static Optional<Instant> time(Map<String, Object> claims, String name) {
        return claims.containsKey(name)
                ? Optional.of(NumericDate.read(claims.get(name)).orElseThrow(() -> wrong(name)))
                : Optional.empty();
    }

    private static ClientRefusedException wrong(String claim) {
        return malformed("no " + claim + ", or one that cannot be taken");
    }

    private static ClientRefusedException malformed(@Nullable String what) {
        return new ClientRefusedException("the assertion is malformed: " + what);
    }
}
