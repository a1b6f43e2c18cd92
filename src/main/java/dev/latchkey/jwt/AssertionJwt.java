package dev.latchkey.jwt;

import dev.latchkey.accesskey.AssertionClaims;
import dev.latchkey.accesskey.AssertionReader;
import dev.latchkey.accesskey.ClientRefusedException;
import dev.latchkey.json.Json;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.token.InvalidTokenException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Assertions that clients sign (RFC 7523). Only the algorithm decides what is done with a registered key, only three are
 * known, and each fits one type of key, so that none can be taken for another (RFC 8725 §3.1). Thread-safe.
 */
public final class AssertionJwt implements AssertionReader {
    private static final int MAX_LENGTH = 8 * 1024;
    private static final int MAX_TEXT = 1024;
    /** 9999-12-31T23:59:59Z. */
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    @Override
    public AssertionClaims readUnverified(String jwt) {
        CompactJws jws = parse(jwt);
        header(jws);
        Map<String, Object> claims = object(jws::payload);
        return new AssertionClaims(
                text(claims, "iss"),
                text(claims, "sub"),
                audience(claims),
                time(claims, "exp").orElseThrow(() -> wrong("exp")),
                time(claims, "nbf").orElse(null),
                time(claims, "iat").orElse(null),
                text(claims, "jti"));
    }

    @Override
    public boolean isSigned(String jwt, String jwks) {
        CompactJws jws = parse(jwt);
        Map<String, Object> header = header(jws);
        AssertionAlgorithm alg = AssertionAlgorithm.of(header.get("alg")).orElseThrow(() -> wrong("alg"));
        byte[] signature = bytes(jws::signature);
        return AssertionKeys.matching(jwks, alg, header.get("kid")).stream()
                .anyMatch(key -> alg.verifies(key, jws.signingInput(), signature));
    }

    private static CompactJws parse(String jwt) {
        try {
            return CompactJws.parse(jwt, MAX_LENGTH);
        } catch (InvalidTokenException e) {
            throw malformed(e.getMessage());
        }
    }

    private static Map<String, Object> header(CompactJws jws) {
        Map<String, Object> header = object(jws::header);
        if (AssertionAlgorithm.of(header.get("alg")).isEmpty()) {
            throw malformed("another alg than RS256, PS256 and ES256");
        }
        if (header.containsKey("crit") || header.containsKey("b64") || header.containsKey("zip")) {
            throw malformed("an extension that is not known (crit, b64 or zip)");
        }
        return header;
    }

    private interface Part {
        byte[] bytes();
    }

    private static byte[] bytes(Part part) {
        try {
            return part.bytes();
        } catch (InvalidTokenException e) {
            throw malformed(e.getMessage());
        }
    }

    private static Map<String, Object> object(Part part) {
        try {
            return Json.parseObject(bytes(part));
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

    /** Seconds, which may have a fraction (RFC 7519 §2, NumericDate); it is dropped. */
    private static Optional<Instant> time(Map<String, Object> claims, String name) {
        if (!claims.containsKey(name)) {
            return Optional.empty();
        }
        Object value = claims.get(name);
        BigDecimal seconds = value instanceof Long whole
                ? BigDecimal.valueOf(whole)
                : value instanceof BigDecimal broken ? broken : BigDecimal.valueOf(-1);
        if (seconds.signum() < 0 || seconds.compareTo(LAST_SECOND) > 0) {
            throw wrong(name);
        }
        return Optional.of(
                Instant.ofEpochSecond(seconds.setScale(0, RoundingMode.DOWN).longValueExact()));
    }

    private static ClientRefusedException wrong(String claim) {
        return malformed("no " + claim + ", or one that cannot be taken");
    }

    private static ClientRefusedException malformed(@Nullable String what) {
        return new ClientRefusedException("the assertion is malformed: " + what);
    }
}
