package dev.latchkey.http.connection;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SelectorManager;
import org.jspecify.annotations.Nullable;

/**
 * Knows the connections that are open, and bounds how many there are, in all and from one address. When there is no room
 * for a new one, those make it that have been idle for longest or send their request most slowly: of the same address
 * where that one has its share, else of any; and where none has waited for a second, of the address that has most, for
 * one that has few. One whose bytes the service has not read yet is neither. Thread-safe.
 */
public final class ConnectionLimit implements Connection.Listener, SelectorManager.AcceptListener {
    /** One that has sent nothing for less may be about to. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    /** Looking at every connection is not done for each newcomer. */
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

    private static final long ANSWERS_LOOK_NANOS = Duration.ofMillis(5).toNanos();
    private static final long DRAIN_LOOK_NANOS = Duration.ofMillis(20).toNanos();
    private static final int PARTS_TO_CLOSE = 16;

    /** One part of so many is left to other addresses than the one that has most, such as that of a proxy. */
    private static final int PARTS_FOR_OTHERS = 4;

    /** When less than one of so many parts is free, there is a crowd. */
    private static final int PARTS_TO_SPARE = 8;

    /** An address with less than one of so many parts of what another has may take from that one. */
    private static final int PARTS_OF_THE_LARGEST = 2;

    private final int max;
    private final int maxOfOne;
    private final long shortestWaitMillis;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<SelectableChannel, Origin> channels = new ConcurrentHashMap<>();
    private final Map<Object, Origin> origins = new ConcurrentHashMap<>();
    private final Set<Http1Connection> connections = ConcurrentHashMap.newKeySet();
    private final Room roomInAll = new Room();
    private final Room roomOfLargest = new Room();

    /** When room was last looked for, and how much was made then. Guarded by the limit's lock. */
    private static final class Room {
        private long lookedNanos = System.nanoTime() - LOOK_AGAIN_NANOS;
        private int made;
    }

    /** An address with connections. Changed inside of {@link #origins} alone. */
    private static final class Origin {
        private final Object address;
        private final Room room = new Room();
        private final AtomicInteger open = new AtomicInteger();

        Origin(Object address) {
            this.address = address;
        }
    }

    /** At most {@code max} connections; by a few more while idle ones are being closed. */
    public ConnectionLimit(int max) {
        this(max, SHORTEST_WAIT);
    }

    /** As above, with another patience with clients that send nothing. */
    ConnectionLimit(int max, Duration shortestWait) {
        this.max = max;
        this.maxOfOne = max - max / PARTS_FOR_OTHERS;
        this.shortestWaitMillis = shortestWait.toMillis();
    }

    /** Whether one more may be opened; if so, it counts until it is closed. */
    synchronized boolean admit(SocketChannel channel) throws IOException {
        Object address = ClientNetwork.of(channel.getRemoteAddress());
        Origin origin = origins.computeIfAbsent(address, Origin::new);
        boolean hasItsShare = origin.open.get() >= maxOfOne;
        boolean admitted = hasItsShare
                ? makeRoom(origin.room, address, shortestWaitMillis)
                : open.get() < max || makeRoom(roomInAll, null, shortestWaitMillis) || makeRoomOfLargest(origin);
        if (admitted) {
            open.incrementAndGet();
            Origin counted = origins.compute(address, (key, known) -> counted(known == null ? origin : known, 1));
            channels.put(channel, counted == null ? origin : counted);
        } else {
            origins.computeIfPresent(address, (key, known) -> counted(known, 0));
        }
        return admitted;
    }

    private static @Nullable Origin counted(Origin origin, int more) {
        return origin.open.addAndGet(more) > 0 ? origin : null;
    }

    /** Whether there is little room left: a client that is turned away should leave. */
    public boolean isCrowded() {
        return open.get() > max - max / PARTS_TO_SPARE;
    }

    /** Few addresses that renew their unfinished requests each second must not keep others out. */
    private boolean makeRoomOfLargest(Origin newcomer) {
        int few = PARTS_OF_THE_LARGEST * (newcomer.open.get() + 1);
        return origins.values().stream()
                .filter(origin -> origin.open.get() > few)
                .max(Comparator.comparingInt(origin -> origin.open.get()))
                .map(largest -> makeRoom(roomOfLargest, largest.address, 0))
                .orElse(false);
    }

    private boolean makeRoom(Room room, @Nullable Object ofAddress, long leastWaitMillis) {
        long nowNanos = System.nanoTime();
        if (nowNanos - room.lookedNanos >= LOOK_AGAIN_NANOS) {
            room.lookedNanos = nowNanos;
            room.made = closeUnused(Math.max(1, max / PARTS_TO_CLOSE), ofAddress, leastWaitMillis);
        }
        return --room.made >= 0;
    }

    private int closeUnused(int most, @Nullable Object ofAddress, long leastWaitMillis) {
        // Each is asked once: what is compared must not change while sorting.
        Map<Http1Connection, Long> unusedMillis = new HashMap<>();
        for (Http1Connection connection : connections) {
            long unused = connection.unusedMillis();
            if (unused >= leastWaitMillis
                    && (ofAddress == null
                            || ofAddress.equals(
                                    ClientNetwork.of(connection.getEndPoint().getRemoteSocketAddress())))) {
                unusedMillis.put(connection, unused);
            }
        }
        List<Http1Connection> longest = unusedMillis.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .filter(connection -> !SelectorEndPoint.hasUnreadBytes(connection.getEndPoint()))
                .limit(most)
                .toList();
        longest.forEach(connection -> connection.getEndPoint().close());
        return longest.size();
    }

    /** Returns when each connection that is open now has been answered once and waits for more, or after a while. */
    public void awaitFirstAnswers(Duration patience) {
        long startNanos = System.nanoTime();
        while (!allAreAnswered() && System.nanoTime() - startNanos < patience.toNanos()) {
            LockSupport.parkNanos(ANSWERS_LOOK_NANOS);
        }
    }

    private boolean allAreAnswered() {
        return open.get() == connections.size()
                && connections.stream().allMatch(connection -> connection.getMessagesIn() > 0 && connection.isIdle());
    }

    /**
     * Closes each connection as soon as nothing that has come is to be answered on it. Call it when no new one is accepted
     * any more. Jetty's {@code GracefulHandler} answers 503 to requests that have come and were not read yet ({@code
     * StoppingTest.requestsThatWaitForTheirTurn_areAnsweredBeforeTheEnd_andTheirUseIsWrittenDown}).
     *
     * @return whether all are closed in time
     */
    public boolean drain(Duration patience) {
        long startNanos = System.nanoTime();
        while (open.get() > 0) {
            if (System.nanoTime() - startNanos > patience.toNanos()) {
                return false;
            }
            for (Http1Connection connection : connections) {
                if (connection.isIdle() && !SelectorEndPoint.hasUnreadBytes(connection.getEndPoint())) {
                    connection.getEndPoint().close();
                }
            }
            LockSupport.parkNanos(DRAIN_LOOK_NANOS);
        }
        return true;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof Http1Connection http) {
            connections.add(http);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof Http1Connection http) {
            connections.remove(http);
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        forget(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        forget(channel);
    }

    private void forget(SelectableChannel channel) {
        Origin origin = channels.remove(channel);
        if (origin != null) {
            open.decrementAndGet();
            origins.computeIfPresent(origin.address, (address, known) -> counted(known, -1));
        }
    }
}
