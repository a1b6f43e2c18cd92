package dev.latchkey.http;

import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.IdleTimeout;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * The connections that are open, and how many may be. When there is no room for a new one, those make it that have been
 * idle for longest or send their request most slowly, so that clients that keep connections without using them lock
 * nobody out. Thread-safe; one thread at a time may ask for room.
 */
final class OpenConnections implements Connection.Listener, SelectorManager.AcceptListener {
    /** One that was idle for less may be about to send. */
    private static final long SHORTEST_IDLE_MILLIS = 1_000;

    /** So much longer may a request take to arrive than a connection may be idle, when there is no room. */
    private static final Duration SLOWNESS = Duration.ofSeconds(4);

    /** Looking at every connection is not done for each newcomer. */
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(100).toNanos();

    private static final long ANSWERS_LOOK_NANOS = Duration.ofMillis(5).toNanos();

    private static final long DRAIN_LOOK_NANOS = Duration.ofMillis(20).toNanos();

    private static final int PARTS_TO_CLOSE = 16;

    /** When less than one of so many parts is free, there is a crowd. */
    private static final int PARTS_TO_SPARE = 8;

    private final int max;
    private final Duration slowness;
    private final AtomicInteger open = new AtomicInteger();
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private long lookedNanos = System.nanoTime() - LOOK_AGAIN_NANOS;
    private int closing;

    /** At most {@code max} connections; by a few more while idle ones are being closed. */
    OpenConnections(int max) {
        this(max, SLOWNESS);
    }

    /** As above, with another patience with slow requests. */
    OpenConnections(int max, Duration slowness) {
        this.max = max;
        this.slowness = slowness;
    }

    /** Whether one more may be opened; if so, it counts from now on. */
    boolean admit() {
        if (open.get() >= max && !makeRoom()) {
            return false;
        }
        open.incrementAndGet();
        return true;
    }

    /** Whether there is little room left: who is turned away should leave. */
    boolean isCrowded() {
        return open.get() > max - max / PARTS_TO_SPARE;
    }

    private boolean makeRoom() {
        long nowNanos = System.nanoTime();
        if (nowNanos - lookedNanos >= LOOK_AGAIN_NANOS) {
            lookedNanos = nowNanos;
            closing = closeUnused(Math.max(1, max / PARTS_TO_CLOSE));
        }
        return --closing >= 0;
    }

    private int closeUnused(int most) {
        // Each is asked once: what is compared must not change while sorting.
        Map<HttpConnection, Long> unusedMillis = new HashMap<>();
        connections.forEach(connection -> {
            long unused = unusedMillis(connection);
            if (unused >= SHORTEST_IDLE_MILLIS) {
                unusedMillis.put(connection, unused);
            }
        });
        List<HttpConnection> longest = unusedMillis.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
        longest.forEach(connection -> connection.getEndPoint().close());
        return longest.size();
    }

    private long unusedMillis(HttpConnection connection) {
        if (isIdle(connection)) {
            return connection.getEndPoint() instanceof IdleTimeout endPoint ? endPoint.getIdleFor() : -1;
        }
        HttpParser parser = connection.getParser();
        return parser.isComplete() || parser.isStart()
                ? -1
                : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - parser.getBeginNanoTime()) - slowness.toMillis();
    }

    /**
     * Between two requests, as far as has been read, and waiting to read more. Its thread may work on it meanwhile, so what
     * is looked at last is that it waits, and that no request has begun since the first look.
     */
    private static boolean isIdle(HttpConnection connection) {
        long requests = connection.getMessagesIn();
        return connection.getHttpChannel().getRequest() == null
                && connection.getParser().isStart()
                && connection.isFillInterested()
                && connection.getMessagesIn() == requests;
    }

    /** Returns when each connection that is open now has been answered once and waits for more, or after a while. */
    void awaitFirstAnswers(Duration patience) {
        long startNanos = System.nanoTime();
        while (!allAreAnswered() && System.nanoTime() - startNanos < patience.toNanos()) {
            LockSupport.parkNanos(ANSWERS_LOOK_NANOS);
        }
    }

    private boolean allAreAnswered() {
        return open.get() == connections.size()
                && connections.stream().allMatch(connection -> connection.getMessagesIn() > 0 && isIdle(connection));
    }

    /**
     * Closes each connection as soon as nothing is to be answered on it. Call it when no new one is accepted any more.
     *
     * @param readAll has what has come by now read from every connection; what it answers to is not idle any more
     * @return whether all are closed in time
     */
    boolean drain(Duration patience, Runnable readAll) {
        long startNanos = System.nanoTime();
        while (open.get() > 0) {
            if (System.nanoTime() - startNanos > patience.toNanos()) {
                return false;
            }
            readAll.run();
            for (HttpConnection connection : connections) {
                if (isIdle(connection)) {
                    connection.getEndPoint().close();
                }
            }
            LockSupport.parkNanos(DRAIN_LOOK_NANOS);
        }
        return true;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnection http) {
            connections.add(http);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof HttpConnection http) {
            connections.remove(http);
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        open.decrementAndGet();
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        open.decrementAndGet();
    }
}
