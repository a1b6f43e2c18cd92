package dev.latchkey.dev.profile;

import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.scope.ScopeSet;
import dev.latchkey.token.InvalidTokenException;
import dev.latchkey.token.SignedClaims;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the claims of every token that the stand-in signs, in whichever form: the key stands in {@code client_id} or
 * {@code azp}, {@code aud} and {@code scope} are a text or a list, and scopes may stand in the claim that a profile has
 * for them. A token without {@code aud} has no audience, one without scopes has no scope. Thread-safe.
 */
record ProfileClaimsReader(String base, List<Profile> profiles) {
    /** @throws InvalidTokenException when a claim that every token has is missing or of another type */
    SignedClaims read(byte[] payload) {
        Map<String, Object> claims;
        try {
            claims = JsonReader.object(payload);
        } catch (JsonSyntaxException e) {
            throw new InvalidTokenException("the payload of the token " + e.getMessage());
        }
        String issuer = text(claims, "iss");
        return new SignedClaims(
                issuer,
                text(claims, "sub"),
                text(claims, claims.containsKey("client_id") ? "client_id" : "azp"),
                texts(claims.get("aud")),
                time(claims, "iat"),
                time(claims, "exp"),
                claims.containsKey("nbf") ? time(claims, "nbf") : null,
                text(claims, "jti"),
                scope(issuer, claims),
                new String(payload, StandardCharsets.UTF_8));
    }

    private ScopeSet scope(String issuer, Map<String, Object> claims) {
        Object stated = claims.get("scope");
        if (stated == null) {
            stated = profiles.stream()
                    .filter(profile -> profile.issues(base, issuer))
                    .map(profile -> claims.get(profile.scopeClaim()))
                    .filter(List.class::isInstance)
                    .findFirst()
                    .orElse(List.of());
        }
        List<String> tokens = stated instanceof String text ? List.of(text.split(" ", -1)) : texts(stated);
        return ScopeSet.of(tokens.stream().filter(ScopeSet::isScopeToken).toList());
    }

    private static String text(Map<String, Object> claims, String name) {
        if (claims.get(name) instanceof String text) {
            return text;
        }
        throw wrong(name);
    }

    private static Instant time(Map<String, Object> claims, String name) {
        // To the year 9999, where instants are written as text.
        if (claims.get(name) instanceof Long seconds && seconds >= 0 && seconds <= 253_402_300_799L) {
            return Instant.ofEpochSecond(seconds);
        }
        throw wrong(name);
    }

    private static List<String> texts(@Nullable Object value) {
        if (value instanceof List<?> several) {
            return several.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return value instanceof String text ? List.of(text) : List.of();
    }

    private static InvalidTokenException wrong(String claim) {
        return new InvalidTokenException("the token has no " + claim + ", or one of another type");
    }
}
