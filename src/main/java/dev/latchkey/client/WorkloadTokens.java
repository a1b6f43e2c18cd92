package dev.latchkey.client;

import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.accesskey.SecretHash;
import dev.latchkey.client.WorkloadCandidates.Candidate;
import dev.latchkey.error.LogText;
import dev.latchkey.error.ServiceException;
import dev.latchkey.issuer.FederatedUses;
import dev.latchkey.issuer.IssuerKeys;
import dev.latchkey.issuer.KeysPendingException;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.issuer.TrustedIssuerStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides which access key a token of another issuer stands for. The issuer and the keys that trust the subject are read from
 * the store each time, and a JWK Set is asked for only where there are both. Thread-safe.
 */
public final class WorkloadTokens {
    private final AssertionReader reader;
    private final AssertionStore used;
    private final TrustedIssuerStore issuers;
    private final WorkloadCandidates candidates;
    private final IssuerKeys jwks;
    private final FederatedUses uses;
    private final String ownIssuer;

    /** @param ownIssuer the audience of the tokens of issuers that have no other */
    public WorkloadTokens(
            AssertionReader reader,
            AssertionStore used,
            TrustedIssuerStore issuers,
            AccessKeyStore keys,
            IssuerKeys jwks,
            FederatedUses uses,
            String ownIssuer) {
        this.reader = reader;
        this.used = used;
        this.issuers = issuers;
        this.candidates = new WorkloadCandidates(issuers, keys);
        this.jwks = jwks;
        this.uses = uses;
        this.ownIssuer = ownIssuer;
    }

    ClientAuthenticator.Authenticated authenticate(
            ClientProof.Assertion assertion, AssertionClaims claims, Instant now) {
        List<TrustedIssuer> named = issuers.issuing(claims.issuer());
        List<Candidate> candidates = this.candidates.of(assertion.clientId(), claims, named);
        if (candidates.isEmpty()) {
            // The same work as for one that is signed by others.
            boolean unused = reader.isSigned(assertion.jwt(), AssertionReader.NO_KEYS);
            throw named.isEmpty()
                    ? refused("is of the issuer " + LogText.quoted(claims.issuer()) + " (iss), which is not trusted")
                    : refused("is of the subject " + LogText.quoted(claims.subject()) + " (sub) of "
                            + named.get(0).name() + ", which "
                            + (assertion.clientId() == null
                                    ? "no key trusts"
                                    : "the key " + LogText.quoted(assertion.clientId()) + " does not trust"));
        }
        boolean signed = false;
        try {
            TrustedIssuer signer = signer(assertion.jwt(), claims, candidates, now);
            signed = true;
            candidates.removeIf(candidate -> !candidate.issuer().equals(signer));
            WorkloadRules.ofIssuer(claims, signer, ownIssuer, now).forEach(WorkloadTokens::require);
            Candidate one = theOne(claims, candidates);
            ClientAuthenticator.checkActive(one.key(), now);
            if (signer.singleUse()) {
                useOnce(assertion.jwt(), claims, signer);
            }
            uses.used(one.key().id(), one.subject(), now.truncatedTo(ChronoUnit.SECONDS));
            return new ClientAuthenticator.Authenticated(one.key(), null);
        } catch (ClientRefusedException e) {
            if (signed) {
                // Strangers can write tokens of a known subject, and would hide with them why the workload's own was
                // refused.
                String rule = String.valueOf(e.getMessage());
                Instant at = now.truncatedTo(ChronoUnit.SECONDS);
                candidates.forEach(candidate -> uses.refused(candidate.key().id(), candidate.subject(), at, rule));
            }
            throw WorkloadCandidates.ids(candidates).size() == 1
                    ? e.of(WorkloadCandidates.ids(candidates).get(0))
                    : e;
        }
    }

    /** The one of the candidates' issuers, which may have the same iss, whose key signed the token. */
    private TrustedIssuer signer(String jwt, AssertionClaims claims, List<Candidate> candidates, Instant now) {
        require(WorkloadRules.algorithm(claims));
        RuntimeException undecided = null;
        for (TrustedIssuer issuer :
                candidates.stream().map(Candidate::issuer).distinct().toList()) {
            try {
                if (isSigned(jwt, issuer, now)) {
                    return issuer;
                }
            } catch (KeysPendingException | ServiceException e) {
                undecided = e;
            }
        }
        if (undecided != null) {
            throw undecided;
        }
        throw refused("of the subject " + LogText.quoted(claims.subject())
                + " is not signed by a key of its issuer's JWK Set");
    }

    private boolean isSigned(String jwt, TrustedIssuer issuer, Instant now) {
        String set = jwks.jwks(issuer, now);
        if (reader.namesUnknownKey(jwt, set)) {
            set = jwks.jwksForUnknownKid(issuer, now);
        }
        return reader.isSigned(jwt, set);
    }

    /** The one key whose further claims the token has. */
    private static Candidate theOne(AssertionClaims claims, List<Candidate> candidates) {
        Predicate<Candidate> fits = candidate ->
                WorkloadRules.claims(claims, candidate.subject()).problem().isEmpty();
        List<Candidate> fitting = candidates.stream().filter(fits).toList();
        if (fitting.isEmpty()) {
            require(WorkloadRules.claims(claims, candidates.get(0).subject()));
        }
        if (WorkloadCandidates.ids(fitting).size() > 1) {
            throw refused("is of the subject " + LogText.quoted(claims.subject()) + ", which several keys trust ("
                    + String.join(", ", WorkloadCandidates.ids(fitting)) + "): client_id must say which one it is for");
        }
        return fitting.get(0);
    }

    /** By its jti, or by what was signed: of one token there may be several signatures that verify. */
    private void useOnce(String jwt, AssertionClaims claims, TrustedIssuer issuer) {
        String id = claims.id() == null ? jwt.substring(0, jwt.lastIndexOf('.')) : "jti " + claims.id();
        // No key's id has a space.
        if (!used.useOnce("issuer " + issuer.name(), SecretHash.of(id).encoded(), claims.expiresAt())) {
            throw refused("was used before " + (claims.id() == null ? "(it has no jti)" : "(jti)"));
        }
    }

    /**
     * A rule and what came of it.
     *
     * @param rule what it is about
     * @param problem what is wrong; empty = the token fits
     */
    public record Finding(String rule, Optional<String> problem) {
        static Finding fits(String rule) {
            return new Finding(rule, Optional.empty());
        }

        static Finding wrong(String rule, String problem) {
            return new Finding(rule, Optional.of(problem));
        }
    }

    /**
     * What each rule says of a token, and which keys it stands for; spends nothing.
     *
     * @throws KeysPendingException when the JWK Set is being fetched
     */
    public List<Finding> examine(String jwt, TrustedIssuer issuer, Instant now) {
        List<Finding> findings = new ArrayList<>();
        AssertionClaims claims;
        try {
            claims = reader.readUnverified(jwt);
        } catch (ClientRefusedException e) {
            return List.of(Finding.wrong("form", String.valueOf(e.getMessage())));
        }
        String iss = "has the iss " + LogText.quoted(claims.issuer()) + ", which must be " + issuer.issuer();
        findings.add(claims.issuer().equals(issuer.issuer()) ? Finding.fits("iss") : Finding.wrong("iss", iss));
        Finding algorithm = WorkloadRules.algorithm(claims);
        findings.add(algorithm);
        if (algorithm.problem().isEmpty()) {
            findings.add(new Finding("signature", signatureProblem(jwt, issuer, now)));
        }
        findings.addAll(WorkloadRules.ofIssuer(claims, issuer, ownIssuer, now));
        List<Candidate> candidates = this.candidates.of(null, claims, List.of(issuer));
        String noKey = "is of the subject " + LogText.quoted(claims.subject()) + ", which no key trusts";
        findings.add(candidates.isEmpty() ? Finding.wrong("sub", noKey) : Finding.fits("sub"));
        for (Candidate candidate : candidates) {
            Finding finding = WorkloadRules.claims(claims, candidate.subject());
            findings.add(new Finding("claims of " + candidate.key().id(), finding.problem()));
        }
        return List.copyOf(findings);
    }

    private Optional<String> signatureProblem(String jwt, TrustedIssuer issuer, Instant now) {
        try {
            return isSigned(jwt, issuer, now)
                    ? Optional.empty()
                    : Optional.of("is not signed by a key of its issuer's JWK Set");
        } catch (ServiceException e) {
            return Optional.of(e.reason());
        }
    }

    private static void require(Finding finding) {
        finding.problem().ifPresent(problem -> {
            throw refused(problem + " (" + finding.rule() + ")");
        });
    }

    private static ClientRefusedException refused(String why) {
        return new ClientRefusedException("the workload token " + why);
    }
}
