package dev.latchkey.http.connection;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose request takes longer than a deadline to arrive and be answered, until the client has read the
 * answer. Jetty's own timeout starts anew with each byte, so a client that sends or reads one byte now and then would
 * never end. Idle connections between requests are not touched. Looks at all connections each second: nothing is done
 * per request.
 */
public final class RequestDeadlines extends AbstractLifeCycle implements Connection.Listener {
    private static final long SWEEP_SECONDS = 1;

    private final Scheduler scheduler;
    private final long deadlineNanos;
    private final Map<Http1Connection, Progress> connections = new ConcurrentHashMap<>();
    private final Set<Connection> suspended = ConcurrentHashMap.newKeySet();

    /** Where a connection stood when a request of it last began or ended. */
    private record Progress(long requests, boolean busy, long bytesIn, long sinceNanos) {
        Progress from(long nanos) {
            return new Progress(requests, busy, bytesIn, nanos);
        }
    }

    public RequestDeadlines(Scheduler scheduler, Duration deadline) {
        this.scheduler = scheduler;
        this.deadlineNanos = deadline.toNanos();
    }

    @Override
    protected void doStart() {
        scheduleSweep();
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof Http1Connection http) {
            connections.put(http, new Progress(0, false, 0, System.nanoTime()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof Http1Connection http) {
            connections.remove(http);
            suspended.remove(http);
        }
    }

    /** Lets the request on this connection take as long as it likes until {@link #resume}. */
    public void suspend(Connection connection) {
        suspended.add(connection);
    }

    /** The request on this connection has a whole deadline from now on. */
    public void resume(Connection connection) {
        if (connection instanceof Http1Connection http) {
            connections.computeIfPresent(http, (same, progress) -> progress.from(System.nanoTime()));
        }
        suspended.remove(connection);
    }

    private void scheduleSweep() {
        scheduler.schedule(
                () -> {
                    sweep(System.nanoTime());
                    if (isRunning()) {
                        scheduleSweep();
                    }
                },
                SWEEP_SECONDS,
                TimeUnit.SECONDS);
    }

    private void sweep(long nowNanos) {
        connections.replaceAll((connection, progress) -> advance(connection, progress, nowNanos));
        connections.forEach((connection, progress) -> {
            if (nowNanos - progress.sinceNanos() > deadlineNanos && !suspended.contains(connection)) {
                connection.getEndPoint().close();
            }
        });
    }

    /**
     * The clock of a connection starts anew with each request that begins or ends, and stands still while it is idle. A
     * {@code 100 Continue} is a message out that ends nothing, so the messages out do not count.
     */
    private static Progress advance(Http1Connection connection, Progress before, long nowNanos) {
        long bytesIn = wireBytesIn(connection);
        long requests = connection.getMessagesIn() + handshakes(connection);
        boolean busy = connection.isBusy();
        boolean moved = requests != before.requests() || busy != before.busy();
        boolean idle = !busy && bytesIn == before.bytesIn();
        return moved || idle ? new Progress(requests, busy, bytesIn, nowNanos) : before;
    }

    /** With TLS those on the wire: a handshake has no others. */
    private static long wireBytesIn(Http1Connection connection) {
        return connection.getEndPoint() instanceof SslConnection.SslEndPoint tls
                ? tls.getSslConnection().getBytesIn()
                : connection.getBytesIn();
    }

    /** A TLS handshake that is done counts as a request. */
    private static int handshakes(Http1Connection connection) {
        return connection.getEndPoint().getSslSessionData() == null ? 0 : 1;
    }
}
