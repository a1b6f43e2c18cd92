package dev.latchkey.accesskey.advice;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.permission.Actor;
import dev.latchkey.permission.Permission;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Says what access keys no longer need. Thread-safe. */
public final class KeyAdvisor {
    private final ScopeHistoryStore store;
    private final Clock clock;

    public KeyAdvisor(ScopeHistoryStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What one key no longer needs. */
    public KeyAdvice advise(Actor actor, AccessKey key) {
        return advise(actor, List.of(key)).get(0);
    }

    /** What each of some keys no longer needs, in their order. */
    public List<KeyAdvice> advise(Actor actor, List<AccessKey> keys) {
        actor.require(Permission.VIEW_KEYS);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Map<String, ScopeHistory> histories =
                store.histories(keys.stream().map(AccessKey::id).toList());
        return keys.stream()
                .map(key -> KeyAdvice.of(key, histories.getOrDefault(key.id(), unseen(key)), now))
                .toList();
    }

    /** Of a key that is deleted meanwhile. */
    private static ScopeHistory unseen(AccessKey key) {
        return new ScopeHistory(key.createdAt(), null, Map.of());
    }
}
