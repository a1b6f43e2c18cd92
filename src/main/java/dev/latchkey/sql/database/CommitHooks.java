package dev.latchkey.sql.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is to be done when the transaction that a thread is in is committed. Thread-safe. */
final class CommitHooks {
    private final Map<Thread, List<Runnable>> ofThreads = new ConcurrentHashMap<>();

    /** Adds to what is to be done for the transaction of this thread. */
    void add(Runnable work) {
        ofThreads
                .computeIfAbsent(Thread.currentThread(), thread -> new ArrayList<>())
                .add(work);
    }

    /** Does it; the transaction of this thread was committed. */
    void run() {
        List<Runnable> then = ofThreads.remove(Thread.currentThread());
        if (then != null) {
            then.forEach(Runnable::run);
        }
    }

    /** Drops it; the transaction of this thread has ended. */
    void forget() {
        ofThreads.remove(Thread.currentThread());
    }
}
