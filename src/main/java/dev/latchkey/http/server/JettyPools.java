package dev.latchkey.http.server;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** What Jetty takes its threads and its buffers from. */
final class JettyPools {
    static final int MAX_THREADS = 24;

    private static final String THREAD_NAME = "latchkey-http";
    private static final int KEPT_THREADS = 4;

    /** Of {@link #MAX_THREADS} so many read from connections; a machine with more processors has as many more threads. */
    private static final int READERS = 2;

    /** How many threads are kept for connections that must not wait; Jetty's own number grows with the processors. */
    private static final int RESERVED_THREADS = 2;

    private static final Duration THREAD_IDLE_TIMEOUT = Duration.ofSeconds(60);

    /** Of the buffers that are given back so much is kept, once on the heap and once beside it; Jetty's own is an eighth. */
    private static final long POOLED_BUFFER_BYTES = 2 * 1024 * 1024;

    private JettyPools() {}

    /**
     * Jetty is given a queue and threads of the JDK's: to size a queue of its own it starts JMX, and to make threads it
     * links method handles for a security manager, which together are a quarter of a start.
     *
     * @param more how many threads there may be beside {@link #MAX_THREADS}
     * @param readers how many threads read from connections, and have no time for other work
     */
    static QueuedThreadPool threads(int more, int readers) {
        AtomicInteger number = new AtomicInteger();
        QueuedThreadPool pool = new QueuedThreadPool(
                MAX_THREADS + more + Math.max(0, readers - READERS),
                KEPT_THREADS,
                (int) THREAD_IDLE_TIMEOUT.toMillis(),
                RESERVED_THREADS,
                new LinkedBlockingQueue<>(),
                null,
                work -> thread(work, number.incrementAndGet()));
        pool.setName(THREAD_NAME);
        return pool;
    }

    /** What connections held in a burst does not stay on the heap: that is sized for what they hold, not for both. */
    static ByteBufferPool buffers() {
        return new ArrayByteBufferPool(0, -1, -1, Integer.MAX_VALUE, POOLED_BUFFER_BYTES, POOLED_BUFFER_BYTES);
    }

    private static Thread thread(Runnable work, int number) {
        Thread thread = new Thread(work, THREAD_NAME + "-" + number);
        thread.setDaemon(true);
        thread.setContextClassLoader(JettyPools.class.getClassLoader());
        return thread;
    }
}
