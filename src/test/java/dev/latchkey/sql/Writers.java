package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Eight threads to a store that create keys, and one that reads all the while. */
final class Writers {
    private static final int THREADS = 8;
    private static final int KEYS_EACH = 25;

    private Writers() {}

    /** Writes 400 keys with the scope fx; answers their ids. Fails if a write or a read does. */
    static Set<String> writeFrom(SqlStore one, SqlStore other) throws Exception {
        AtomicInteger writing = new AtomicInteger(2 * THREADS);
        List<Callable<List<String>>> calls = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            String name = "key-" + thread;
            calls.add(() -> write(one, name + "-one-", writing));
            calls.add(() -> write(other, name + "-other-", writing));
        }
        calls.add(() -> read(one, writing));

        Set<String> ids = new HashSet<>();
        StoreTests.together(calls).forEach(ids::addAll);
        assertThat(ids).hasSize(2 * THREADS * KEYS_EACH);
        return ids;
    }

    private static List<String> write(SqlStore store, String prefix, AtomicInteger writing) {
        try {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < KEYS_EACH; i++) {
                String id = prefix + i;
                store.accessKeys().insert(key(id, "fx"), List.of(), List.of(event("key.create", id)));
                assertThat(store.accessKeys().find(id)).isPresent();
                ids.add(id);
            }
            return ids;
        } finally {
            writing.decrementAndGet();
        }
    }

    /** Every read sees all that an earlier one saw, and never half a key. */
    private static List<String> read(SqlStore store, AtomicInteger writing) {
        int seen = 0;
        while (writing.get() > 0) {
            var keys = store.accessKeys().all();
            assertThat(keys)
                    .hasSizeGreaterThanOrEqualTo(seen)
                    .allSatisfy(key -> assertThat(key.secrets()).hasSize(1));
            seen = keys.size();
        }
        return List.of();
    }
}
