package dev.latchkey.jose;

import dev.latchkey.accesskey.Audiences;
import dev.latchkey.json.JsonReader;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningAlgorithm;
import dev.latchkey.token.InvalidTokenException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes any text that claims to be a JWT and says whether it is one to trust, and if not, why. It takes every input
 * and never fails: a hostile token is a reason like any other. The reasons do not quote the token.
 *
 * <p>A token is verified by the algorithm of its key, whatever it says itself (RFC 8725 §3.1), with a key of the given
 * set, never with one that the token brings along. Thread-safe.
 */
public final class TokenInspector {
    /** No honest token is longer; bounds the work on one that is not. */
    private static final int MAX_LENGTH = 65_536;

    private static final int PARTS = 3;
    private static final int PARTS_OF_ENCRYPTED = 5;

    private final TokenInspectorKeys keys;
    private final Clock clock;

    private TokenInspector(TokenInspectorKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** One that trusts these keys. */
    public static TokenInspector of(List<PublicJwk> keys, Clock clock) {
        return new TokenInspector(TokenInspectorKeys.of(keys), clock);
    }

    /** One that trusts the keys of a JWK Set (RFC 7517); a text that is none makes every token unverified. */
    public static TokenInspector ofJwkSet(String json, Clock clock) {
        return new TokenInspector(TokenInspectorKeys.ofJwkSet(json), clock);
    }

    /** One that only decodes. */
    public static TokenInspector withoutKeys(String reason, Clock clock) {
        return new TokenInspector(TokenInspectorKeys.none(reason), clock);
    }

    /** Looks at a token, which must be meant for the audience; null = for any. */
    public TokenInspection inspect(String token, @Nullable String audience) {
        Optional<String> formProblem = form(token);
        if (formProblem.isPresent()) {
            return new TokenInspection(null, null, formProblem.get());
        }
        String[] parts = token.split("\\.", PARTS);
        List<String> problems = new ArrayList<>();
        Map<String, Object> header = decode(parts[0], "its header", problems);
        Map<String, Object> claims = decode(parts[1], "its payload", problems);
        if (header == null || claims == null) {
            return new TokenInspection(header, claims, problems.get(0));
        }
        Optional<String> reason = headerProblem(header)
                .or(() -> signatureProblem(token, header))
                .or(() -> claimsProblem(claims, audience));
        return new TokenInspection(header, claims, reason.orElse(null));
    }

    private static Optional<String> form(String token) {
        if (token.length() > MAX_LENGTH) {
            return Optional.of("is no token: it is longer than " + MAX_LENGTH + " characters");
        }
        long parts = token.chars().filter(c -> c == '.').count() + 1;
        if (parts == PARTS_OF_ENCRYPTED) {
            return Optional.of("is an encrypted token (five parts), which cannot be read here");
        }
        return parts == PARTS
                ? Optional.empty()
                : Optional.of("is no JWT: that has three parts with dots between them, this has " + parts);
    }

    private static @Nullable Map<String, Object> decode(String part, String name, List<String> problems) {
        try {
            if (part.endsWith("=")) {
                throw new IllegalArgumentException("padding (RFC 7515 §2)");
            }
            return JsonReader.object(Base64.getUrlDecoder().decode(part));
        } catch (IllegalArgumentException e) {
            problems.add("is malformed: " + name + " is not base64url");
        } catch (JsonSyntaxException e) {
            problems.add("is malformed: " + name + " " + e.getMessage());
        }
        return null;
    }

    private static Optional<String> headerProblem(Map<String, Object> header) {
        Object alg = header.get("alg");
        if (!(alg instanceof String name)) {
            return Optional.of("names no algorithm (alg)");
        }
        if (name.equalsIgnoreCase("none")) {
            return Optional.of("is not signed (alg none)");
        }
        if (SigningAlgorithm.of(name).isEmpty()) {
            return Optional.of("has another algorithm than RS256, ES256 and EdDSA");
        }
        if (header.containsKey("crit") || header.containsKey("zip")) {
            return Optional.of("uses an extension that is not supported (crit or zip)");
        }
        boolean badKid = header.containsKey("kid") && !(header.get("kid") instanceof String);
        return badKid ? Optional.of("has a kid that is not text") : Optional.empty();
    }

    private Optional<String> signatureProblem(String token, Map<String, Object> header) {
        if (keys.problem().isPresent()) {
            return keys.problem();
        }
        if (keys.isEmpty()) {
            return Optional.of("cannot be verified: the key set holds no key for RS256, ES256 or EdDSA");
        }
        String kid = (String) header.get("kid");
        List<TokenInspectorKeys.Key> candidates = keys.matching(kid);
        if (candidates.isEmpty()) {
            return Optional.of(
                    kid == null
                            ? "names no key (kid), and the key set holds several"
                            : "was signed with a key that the key set does not hold (unknown kid)");
        }
        Optional<String> problem = Optional.empty();
        for (TokenInspectorKeys.Key candidate : candidates) {
            String alg = candidate.algorithm().publicName();
            if (!alg.equals(header.get("alg"))) {
                problem = Optional.of("has another algorithm than its key, which is for " + alg);
            } else {
                problem = isSigned(token, candidate)
                        ? Optional.empty()
                        : Optional.of("has a signature that does not match its content and key");
            }
            if (problem.isEmpty()) {
                return problem;
            }
        }
        return problem;
    }

    private static boolean isSigned(String token, TokenInspectorKeys.Key key) {
        try {
            CompactJws jws = CompactJws.parse(token, MAX_LENGTH);
            return JwsAlgorithm.of(key.algorithm()).verifies(key.key(), null, jws.signingInput(), jws.signature());
        } catch (InvalidTokenException e) {
            // Other bytes in another form of base64url are another text than the one that was signed.
            return false;
        }
    }

    /** A token is valid until the second before {@code exp} (RFC 7519 §4.1.4) and from {@code nbf} on (§4.1.5). */
    private Optional<String> claimsProblem(Map<String, Object> claims, @Nullable String audience) {
        Instant now = clock.instant();
        TokenInspection times = new TokenInspection(null, claims, null);
        Optional<Instant> expires = times.time("exp");
        Optional<Instant> starts = times.time("nbf");
        if (expires.isEmpty()) {
            return Optional.of("has no expiry time (exp)");
        }
        if (!now.isBefore(expires.get())) {
            return Optional.of("expired at " + expires.get());
        }
        if (claims.containsKey("nbf") && (starts.isEmpty() || now.isBefore(starts.get()))) {
            return Optional.of("is not valid yet (nbf)");
        }
        boolean meant = audience == null || isFor(claims.get("aud"), audience);
        return meant ? Optional.empty() : Optional.of("is meant for another audience (aud)");
    }

    /** One audience or an array of them (RFC 7519 §4.1.3). */
    private static boolean isFor(@Nullable Object aud, String audience) {
        List<?> several = aud instanceof List<?> list ? list : List.of(aud == null ? "" : aud);
        return several.stream()
                .anyMatch(one -> one instanceof String text && Audiences.contain(List.of(text), audience));
    }
}
