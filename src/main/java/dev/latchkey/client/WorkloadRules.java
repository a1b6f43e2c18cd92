package dev.latchkey.client;

import dev.latchkey.client.WorkloadTokens.Finding;
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

    private WorkloadRules() {}

    static Finding algorithm(AssertionClaims claims) {
        return ALGORITHMS.contains(claims.algorithm())
                ? Finding.fits("alg")
                : Finding.wrong("alg", "has the alg " + claims.algorithm() + ", not RS256 or ES256");
    }

    /**
     * The issuer's rules, in their order.
     *
     * @param ownIssuer the audience where the issuer has none
     */
    static List<Finding> ofIssuer(AssertionClaims claims, TrustedIssuer issuer, String ownIssuer, Instant now) {
        return List.of(
                audience(claims, issuer.audience() == null ? ownIssuer : issuer.audience()),
                expiry(claims, now),
                begin("nbf", claims.notBefore(), now),
                issuedAt(claims, now),
                age(claims, issuer, now));
    }

    /** A token that others take, too, could be presented here by one of them. */
    private static Finding audience(AssertionClaims claims, String wanted) {
        if (claims.audience().equals(List.of(wanted))) {
            return Finding.fits("aud");
        }
        String has = LogText.quoted(claims.audience());
        return Finding.wrong("aud", "has the aud " + has + ", which must be " + wanted + " and nothing beside it");
    }

    private static Finding expiry(AssertionClaims claims, Instant now) {
        return now.isBefore(claims.expiresAt().plus(CLOCK_SKEW))
                ? Finding.fits("exp")
                : Finding.wrong("exp", "expired at " + claims.expiresAt());
    }

    private static Finding begin(String claim, @Nullable Instant begin, Instant now) {
        return begin == null || !begin.isAfter(now.plus(CLOCK_SKEW))
                ? Finding.fits(claim)
                : Finding.wrong(claim, "begins at " + begin + ", which is in the future");
    }

    private static Finding issuedAt(AssertionClaims claims, Instant now) {
        return claims.issuedAt() == null ? Finding.wrong("iat", "has no iat") : begin("iat", claims.issuedAt(), now);
    }

    private static Finding age(AssertionClaims claims, TrustedIssuer issuer, Instant now) {
        Instant issuedAt = claims.issuedAt();
        boolean fits =
                issuedAt == null || now.isBefore(issuedAt.plus(issuer.maxAge()).plus(CLOCK_SKEW));
        return fits
                ? Finding.fits("max-age")
                : Finding.wrong(
                        "max-age",
                        "was issued at " + issuedAt + ", more than "
                                + issuer.maxAge().toSeconds() + " s ago");
    }

    /** Each claim that the key asks for is there, as that very string. */
    static Finding claims(AssertionClaims claims, FederatedSubject subject) {
        for (Map.Entry<String, String> wanted : subject.claims().entrySet()) {
            Object found = claims.all().get(wanted.getKey());
            if (!wanted.getValue().equals(found)) {
                String has = found instanceof String text ? "the value " + LogText.quoted(text) : "no such string";
                return Finding.wrong(
                        "claims",
                        "has " + has + " in " + LogText.quoted(wanted.getKey()) + ", not "
                                + LogText.quoted(wanted.getValue()));
            }
        }
        return Finding.fits("claims");
    }
}
