package dev.latchkey.client;

import dev.latchkey.error.LogText;
import dev.latchkey.issuer.FederatedSubject;
import dev.latchkey.issuer.TrustedIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a workload token must say beside its signature: by the issuer's rules, and by those of a subject that a key trusts. */
final class WorkloadRules {
    /** How far the issuer's clock may differ from ours, either way, itself excluded at the end and included at the begin. */
    private static final Duration CLOCK_SKEW = ClientAssertions.CLOCK_SKEW;

    private static final List<String> ALGORITHMS = List.of("RS256", "ES256");

    /**
     * A rule and what came of it.
     *
     * @param rule what it is about
     * @param problem what is wrong; null = the token fits
     */
    record Result(String rule, @Nullable String problem) {}

    private WorkloadRules() {}

    static Result algorithm(AssertionClaims claims) {
        boolean fits = ALGORITHMS.contains(claims.algorithm());
        return new Result("alg", fits ? null : "has the alg " + claims.algorithm() + ", not RS256 or ES256");
    }

    /**
     * The issuer's rules, in their order.
     *
     * @param ownIssuer the audience where the issuer has none
     */
    static List<Result> ofIssuer(AssertionClaims claims, TrustedIssuer issuer, String ownIssuer, Instant now) {
        return List.of(
                audience(claims, issuer.audience() == null ? ownIssuer : issuer.audience()),
                expiry(claims, now),
                begin("nbf", claims.notBefore(), now),
                issuedAt(claims, now),
                age(claims, issuer, now));
    }

    /** A token that others take, too, could be presented here by one of them. */
    private static Result audience(AssertionClaims claims, String wanted) {
        boolean fits = claims.audience().equals(List.of(wanted));
        String problem = "has the aud " + LogText.quoted(claims.audience()) + ", which must be " + wanted
                + " and nothing beside it";
        return new Result("aud", fits ? null : problem);
    }

    private static Result expiry(AssertionClaims claims, Instant now) {
        boolean fits = now.isBefore(claims.expiresAt().plus(CLOCK_SKEW));
        return new Result("exp", fits ? null : "expired at " + claims.expiresAt());
    }

    private static Result begin(String claim, @Nullable Instant begin, Instant now) {
        boolean fits = begin == null || !begin.isAfter(now.plus(CLOCK_SKEW));
        return new Result(claim, fits ? null : "begins at " + begin + ", which is in the future");
    }

    private static Result issuedAt(AssertionClaims claims, Instant now) {
        return claims.issuedAt() == null ? new Result("iat", "has no iat") : begin("iat", claims.issuedAt(), now);
    }

    private static Result age(AssertionClaims claims, TrustedIssuer issuer, Instant now) {
        Instant issuedAt = claims.issuedAt();
        boolean fits =
                issuedAt == null || now.isBefore(issuedAt.plus(issuer.maxAge()).plus(CLOCK_SKEW));
        return new Result(
                "max-age",
                fits
                        ? null
                        : "was issued at " + issuedAt + ", more than "
                                + issuer.maxAge().toSeconds() + " s ago");
    }

    /** Each claim that the key asks for is there, as that very string. */
    static Result claims(AssertionClaims claims, FederatedSubject subject) {
        for (Map.Entry<String, String> wanted : subject.claims().entrySet()) {
            Object found = claims.all().get(wanted.getKey());
            if (!wanted.getValue().equals(found)) {
                String has = found instanceof String text ? "the value " + LogText.quoted(text) : "no such string";
                return new Result(
                        "claims",
                        "has " + has + " in " + LogText.quoted(wanted.getKey()) + ", not "
                                + LogText.quoted(wanted.getValue()));
            }
        }
        return new Result("claims", null);
    }
}
