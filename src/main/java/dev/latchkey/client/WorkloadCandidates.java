package dev.latchkey.client;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.accesskey.AccessKeyIds;
import dev.latchkey.accesskey.AccessKeyStore;
import dev.latchkey.issuer.FederatedSubject;
import dev.latchkey.issuer.TrustedIssuer;
import dev.latchkey.issuer.TrustedIssuerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the keys that a workload token can stand for, as the store has them now. Thread-safe. */
final class WorkloadCandidates {
    /** With more keys that trust one subject, the client must say which it is. */
    private static final int MOST_KEYS = 50;

    private final TrustedIssuerStore issuers;
    private final AccessKeyStore keys;

    WorkloadCandidates(TrustedIssuerStore issuers, AccessKeyStore keys) {
        this.issuers = issuers;
        this.keys = keys;
    }

    /** A key that trusts the subject of a token, if the issuer has signed it. */
    record Candidate(AccessKey key, FederatedSubject subject, TrustedIssuer issuer) {}

    /** Those of the key that the client names, null = of any. */
    List<Candidate> of(@Nullable String clientId, AssertionClaims claims, List<TrustedIssuer> named) {
        List<Candidate> candidates = new ArrayList<>();
        for (TrustedIssuer issuer : named) {
            List<String> ids = clientId == null
                    ? issuers.trusting(issuer.name(), claims.subject(), MOST_KEYS)
                    : List.of(clientId).stream().filter(AccessKeyIds::isValid).toList();
            for (String id : ids) {
                Optional<AccessKey> found = keys.find(id);
                found.stream()
                        .flatMap(key -> key.settings().federated().subjects().stream()
                                .filter(subject -> subject.issuer().equals(issuer.name())
                                        && subject.subject().equals(claims.subject()))
                                .map(subject -> new Candidate(key, subject, issuer)))
                        .forEach(candidates::add);
            }
        }
        return candidates;
    }

    static List<String> ids(List<Candidate> candidates) {
        return candidates.stream()
                .map(candidate -> candidate.key().id())
                .distinct()
                .toList();
    }
}
