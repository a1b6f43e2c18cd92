package dev.latchkey.sql;

import dev.latchkey.accesskey.AccessKey;
import dev.latchkey.sql.database.Database;
import java.sql.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads keys across a network for those who do not want to wait for it. Two threads do nothing else; each reads by one
 * statement all keys that were asked for while the last statement was on its way: one where requests are few, dozens where
 * they are many or the network is slow. A key is read after it was asked for, so that what was changed before is seen.
 * Thread-safe.
 */
final class KeyLookups implements AutoCloseable {
    private static final String FIND =
            AccessKeyRows.selectFrom("access_keys") + " WHERE k.id = ANY (?) UNION ALL " + AccessKeyRows.SELECT_DUMMY;

    private static final int THREADS = 2;
    private static final int MOST_KEYS = 64;

    /** Of a database that does not answer; what is asked beyond that is told so. */
    private static final int MOST_WAITING = 2_000;

    private static final long IDLE_SECONDS = 10;

    private final Database database;
    private final Queue<Lookup> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger readers = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), KeyLookups::thread);

    private record Lookup(String id, Consumer<Supplier<Optional<AccessKey>>> then) {}

    KeyLookups(Database database) {
        this.database = database;
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Reads the key with this id.
     *
     * @param then is given what was found, or what fails as the reading did; must be quick and not throw
     * @return false when too many wait already; nothing is read then
     */
    boolean find(String id, Consumer<Supplier<Optional<AccessKey>>> then) {
        if (asked.incrementAndGet() > MOST_WAITING) {
            asked.decrementAndGet();
            return false;
        }
        waiting.add(new Lookup(id, then));
        if (enter()) {
            try {
                threads.execute(this::read);
            } catch (RejectedExecutionException e) {
                // The store is closed; reading says so.
                read();
            }
        }
        return true;
    }

    private boolean enter() {
        if (readers.incrementAndGet() <= THREADS) {
            return true;
        }
        readers.decrementAndGet();
        return false;
    }

    private void read() {
        do {
            List<Lookup> batch = take();
            while (!batch.isEmpty()) {
                Supplier<Map<String, AccessKey>> found = find(batch);
                for (Lookup lookup : batch) {
                    lookup.then.accept(() -> Optional.ofNullable(found.get().get(lookup.id)));
                }
                batch = take();
            }
            readers.decrementAndGet();
            // What was asked for just now may have seen no reader to spare.
        } while (!waiting.isEmpty() && enter());
    }

    private List<Lookup> take() {
        List<Lookup> batch = new ArrayList<>();
        for (Lookup next = waiting.poll(); next != null; next = batch.size() < MOST_KEYS ? waiting.poll() : null) {
            batch.add(next);
        }
        asked.addAndGet(-batch.size());
        return batch;
    }

    private Supplier<Map<String, AccessKey>> find(List<Lookup> batch) {
        List<String> ids = batch.stream().map(Lookup::id).distinct().toList();
        try {
            Map<String, AccessKey> found = database.query(FIND, select -> {
                Array array = select.getConnection().createArrayOf("text", ids.toArray());
                select.setArray(1, array);
                return AccessKeyRows.readOrDummies(select, ids.size());
            });
            return () -> found;
        } catch (RuntimeException | Error e) {
            // An error, too, is told to those who wait: a reader that ended by it would be missed by all later ones.
            return () -> {
                throw e;
            };
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "latchkey-lookup");
        thread.setDaemon(true);
        return thread;
    }

    /** Ends its threads; what waits is told that the store is closed. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
