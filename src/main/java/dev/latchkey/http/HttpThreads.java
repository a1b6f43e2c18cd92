package dev.latchkey.http;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The threads that HTTP runs on. Jetty is given a queue and threads of the JDK's: to size a queue of its own it starts
 * JMX, and to make threads it links method handles for a security manager, which together are a quarter of a start. A
 * connection that was answered in a {@link Burst} goes on with the thread that wrote it.
 */
final class HttpThreads {
    private static final String NAME = "latchkey-http";
    private static final int KEPT = 4;

    /** Lets Jetty choose how many threads it keeps for connections that must not wait. */
    private static final int RESERVED = -1;

    private HttpThreads() {}

    static QueuedThreadPool pool(int most, Duration idleTimeout) {
        AtomicInteger number = new AtomicInteger();
        QueuedThreadPool pool =
                new QueuedThreadPool(
                        most,
                        KEPT,
                        (int) idleTimeout.toMillis(),
                        RESERVED,
                        new LinkedBlockingQueue<>(),
                        null,
                        work -> thread(work, number.incrementAndGet())) {
                    @Override
                    public void execute(Runnable job) {
                        if (!(job instanceof HttpConnection && Burst.goOnAfterwards(job))) {
                            super.execute(job);
                        }
                    }
                };
        pool.setName(NAME);
        return pool;
    }

    private static Thread thread(Runnable work, int number) {
        Thread thread = new Thread(work, NAME + "-" + number);
        thread.setDaemon(false);
        thread.setContextClassLoader(HttpThreads.class.getClassLoader());
        return thread;
    }
}
