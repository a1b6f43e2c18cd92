package dev.latchkey.issuer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what became of the tokens that keys trust until {@link #flush} writes it to the store. One entry for each
 * subject that a key trusts, however many tokens come. Thread-safe.
 */
public final class FederatedUses {
    private final TrustedIssuerStore store;
    private final Map<Subject, FederatedUse> pending = new ConcurrentHashMap<>();

    private record Subject(String keyId, String issuer, String subject) {}

    public FederatedUses(TrustedIssuerStore store) {
        this.store = store;
    }

    /** Notes that a key proved itself by a token of the subject. */
    public void used(String keyId, FederatedSubject subject, Instant at) {
        note(keyId, new FederatedUse(subject.issuer(), subject.subject(), at, null, null));
    }

    /** Notes that a token of the subject, which its issuer had signed, was refused. */
    public void refused(String keyId, FederatedSubject subject, Instant at, String rule) {
        note(keyId, new FederatedUse(subject.issuer(), subject.subject(), null, at, rule));
    }

    private void note(String keyId, FederatedUse use) {
        pending.merge(new Subject(keyId, use.issuer(), use.subject()), use, FederatedUses::merged);
    }

    private static FederatedUse merged(FederatedUse old, FederatedUse fresh) {
        boolean refused = fresh.lastRefusedAt() != null;
        return new FederatedUse(
                fresh.issuer(),
                fresh.subject(),
                later(old.lastUsedAt(), fresh.lastUsedAt()),
                refused ? fresh.lastRefusedAt() : old.lastRefusedAt(),
                refused ? fresh.lastRefusal() : old.lastRefusal());
    }

    private static @Nullable Instant later(@Nullable Instant old, @Nullable Instant fresh) {
        return fresh == null ? old : fresh;
    }

    /** Writes down what was noted since the last time. What cannot be written is kept for the next time. */
    public void flush() {
        Map<String, Collection<FederatedUse>> uses = new HashMap<>();
        Map<Subject, FederatedUse> taken = new HashMap<>();
        for (Subject subject : List.copyOf(pending.keySet())) {
            FederatedUse use = pending.remove(subject);
            if (use != null) {
                taken.put(subject, use);
                uses.computeIfAbsent(subject.keyId(), id -> new ArrayList<>()).add(use);
            }
        }
        if (uses.isEmpty()) {
            return;
        }
        try {
            store.recordUses(uses);
        } catch (RuntimeException e) {
            taken.forEach((subject, use) -> pending.merge(subject, use, (fresh, old) -> merged(old, fresh)));
            throw e;
        }
    }
}
