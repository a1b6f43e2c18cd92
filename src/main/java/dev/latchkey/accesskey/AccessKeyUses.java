package dev.latchkey.accesskey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which keys were used, until somebody writes it down. Issuing a token costs one entry in a map; a crash loses
 * the last few seconds of it, which is why nothing but {@code last_used_at} depends on it. Thread-safe.
 */
public final class AccessKeyUses {
    private final AccessKeyStore store;
    private final Map<Secret, Instant> pending = new ConcurrentHashMap<>();

    /**
     * One secret of one key; null = the key used a signed assertion. With methods written out: to link those of a record
     * takes a while, and the first token would wait for it.
     */
    private record Secret(String keyId, @Nullable SecretHash hash) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Secret secret && keyId.equals(secret.keyId) && Objects.equals(hash, secret.hash);
        }

        @Override
        public int hashCode() {
            return 31 * keyId.hashCode() + Objects.hashCode(hash);
        }
    }

    public AccessKeyUses(AccessKeyStore store) {
        this.store = store;
    }

    /** Notes that a key proved itself by this secret; null = by a signed assertion. */
    public void note(String keyId, @Nullable SecretHash secret, Instant at) {
        Secret used = new Secret(keyId, secret);
        Instant noted = pending.get(used);
        if (noted == null || noted.isBefore(at)) {
            pending.merge(used, at, (known, now) -> now.isAfter(known) ? now : known);
        }
    }

    /** Writes down what was noted since the last time. What cannot be written is kept for the next time. */
    public void flush() {
        List<AccessKeyStore.Use> uses = new ArrayList<>();
        for (Secret secret : List.copyOf(pending.keySet())) {
            Instant at = pending.remove(secret);
            if (at != null) {
                uses.add(new AccessKeyStore.Use(secret.keyId(), secret.hash(), at));
            }
        }
        if (uses.isEmpty()) {
            return;
        }
        try {
            store.recordUses(uses);
        } catch (RuntimeException e) {
            uses.forEach(use -> note(use.keyId(), use.secret(), use.at()));
            throw e;
        }
    }
}
