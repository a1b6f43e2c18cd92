package dev.latchkey.accesskey;

import dev.latchkey.accesskey.AccessKeyStore.Use;
import dev.latchkey.scope.ScopeSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which keys, secrets and scopes were used until {@link #flush} writes it to the store. A token, or a request that
 * forward authentication lets through, costs one entry in a map. A crash loses the last few seconds, which is why nothing
 * but times of last use and advice depends on it. Thread-safe.
 */
public final class AccessKeyUses {
    /**
     * So many entries are kept at most. They are as many as there are keys times the sets of scopes that each asks for,
     * which grow only while the store cannot be written; beyond the bound, new ones are lost.
     */
    static final int MAX_PENDING = 100_000;

    private final AccessKeyStore store;
    private final Map<Used, Instant> pending = new ConcurrentHashMap<>();

    /**
     * What was used. With methods written out: to link those of a record takes a while, and the first token would wait for
     * it.
     */
    private record Used(
            String keyId, Use.Kind kind, @Nullable SecretHash secret, ScopeSet scopes) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Used used
                    && keyId.equals(used.keyId)
                    && kind == used.kind
                    && Objects.equals(secret, used.secret)
                    && scopes.equals(used.scopes);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * keyId.hashCode() + Objects.hashCode(secret)) + scopes.hashCode();
        }
    }

    public AccessKeyUses(AccessKeyStore store) {
        this.store = store;
    }

    /** Notes that a key got a token by this secret, or an assertion, and the scopes that it asked for by name. */
    public void note(String keyId, @Nullable SecretHash secret, ScopeSet asked, Instant at) {
        note(new Used(keyId, Use.Kind.TOKEN, secret, asked), at);
    }

    /** Notes that a request with a token of the key was let through where these scopes are demanded. */
    public void noteDemand(String keyId, ScopeSet demanded, Instant at) {
        if (!demanded.isEmpty()) {
            note(new Used(keyId, Use.Kind.DEMAND, null, demanded), at);
        }
    }

    private void note(Used used, Instant at) {
        Instant noted = pending.get(used);
        if (noted == null ? pending.size() < MAX_PENDING : noted.isBefore(at)) {
            pending.merge(used, at, (known, now) -> now.isAfter(known) ? now : known);
        }
    }

    /** Writes down what was noted since the last time. What cannot be written is kept for the next time. */
    public void flush() {
        List<Use> uses = new ArrayList<>();
        for (Used used : List.copyOf(pending.keySet())) {
            Instant at = pending.remove(used);
            if (at != null) {
                uses.add(new Use(used.keyId, used.kind, used.secret, used.scopes, at));
            }
        }
        if (uses.isEmpty()) {
            return;
        }
        try {
            store.recordUses(uses);
        } catch (RuntimeException e) {
            uses.forEach(use -> note(new Used(use.keyId(), use.kind(), use.secret(), use.scopes()), use.at()));
            throw e;
        }
    }
}
