package dev.latchkey.jose;

import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.InvalidTokenException;
import dev.latchkey.token.SignedClaims;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads the claims that {@link ClaimsJson} writes (RFC 9068 §2.2). */
final class AccessTokenReader {
    private AccessTokenReader() {}

    static SignedClaims read(byte[] payload) {
        Map<String, Object> claims;
        try {
            claims = JsonReader.object(payload);
        } catch (JsonSyntaxException e) {
            throw new InvalidTokenException("the payload of the token " + e.getMessage());
        }
        String clientId = text(claims, "client_id");
        if (!clientId.equals(claims.get("sub"))) {
            throw new InvalidTokenException("sub and client_id of the token differ");
        }
        return new SignedClaims(
                text(claims, "iss"),
                clientId,
                clientId,
                audience(claims),
                time(claims, "iat"),
                time(claims, "exp"),
                claims.containsKey("nbf") ? time(claims, "nbf") : null,
                text(claims, "jti"),
                ScopeSet.parse(text(claims, "scope")).orElseThrow(() -> wrong("scope")),
                new String(payload, StandardCharsets.UTF_8));
    }

    private static String text(Map<String, Object> claims, String name) {
        if (claims.get(name) instanceof String text) {
            return text;
        }
        throw wrong(name);
    }

    private static Instant time(Map<String, Object> claims, String name) {
        // Whole seconds, as ours are: they are judged to the second.
        if (claims.get(name) instanceof Long seconds) {
            return NumericDate.read(seconds).orElseThrow(() -> wrong(name));
        }
        throw wrong(name);
    }

    private static List<String> audience(Map<String, Object> claims) {
        if (claims.get("aud") instanceof List<?> several && several.stream().allMatch(String.class::isInstance)) {
            return several.stream().map(String.class::cast).toList();
        }
        throw wrong("aud");
    }

    private static InvalidTokenException wrong(String claim) {
        return new InvalidTokenException("the token has no " + claim + ", or one of another type");
    }
}
