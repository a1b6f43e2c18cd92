package dev.latchkey.dev.faults;

import dev.latchkey.http.connection.RequestDeadlines;
import dev.latchkey.http.exchange.HttpRefusal;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * The connections of requests that get no answer, and the ways in which a connection ends without one. There are no more
 * of them than the service has connections. Thread-safe.
 */
final class HeldConnections {
    private final Map<Request, Callback> held = new ConcurrentHashMap<>();
    private final Set<Runnable> delayed = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /** Keeps a request without an answer until its client is gone or {@link #release}. */
    void hold(Request request, Callback callback) {
        deadlines(request).ifPresent(deadlines -> deadlines.suspend(connection(request)));
        held.put(request, callback);
        request.addIdleTimeoutListener(idle -> {
            if (isGone(endPoint(request))) {
                end(request);
            }
            return false;
        });
    }

    /** Goes on with a request after a while of real time, or at once when the service stops. */
    void delay(Request request, Duration delay, Runnable then) {
        deadlines(request).ifPresent(deadlines -> deadlines.suspend(connection(request)));
        request.addIdleTimeoutListener(idle -> false);
        Runnable onPool = () -> request.getComponents().getExecutor().execute(() -> {
            deadlines(request).ifPresent(deadlines -> deadlines.resume(connection(request)));
            then.run();
        });
        delayed.add(onPool);
        if (stopping) {
            goOn(onPool);
            return;
        }
        var unused = request.getComponents()
                .getScheduler()
                .schedule(() -> goOn(onPool), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void goOn(Runnable request) {
        if (delayed.remove(request)) {
            request.run();
        }
    }

    /** The service stops: ends all that are held, and goes on with all that are delayed. */
    void stop() {
        stopping = true;
        release();
        delayed.forEach(this::goOn);
    }

    /** Ends all that are held. */
    void release() {
        held.keySet().forEach(this::end);
    }

    private void end(Request request) {
        Callback callback = held.remove(request);
        if (callback != null) {
            close(request, callback);
        }
    }

    /** Closes the connection of a request. */
    static void close(Request request, Callback callback) {
        endPoint(request).close();
        callback.failed(new HttpRefusal(503, "There is no answer, as a fault asks."));
    }

    /** Resets the connection of a request: what it had not read yet is lost to its client. */
    static void reset(Request request, Callback callback) {
        EndPoint inner = endPoint(request);
        while (inner instanceof EndPoint.Wrapper wrapper) {
            inner = wrapper.unwrap();
        }
        if (inner instanceof SocketChannelEndPoint plain) {
            try (SocketChannel channel = plain.getChannel()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                callback.failed(e);
                return;
            }
        }
        close(request, callback);
    }

    /** Whether the client has closed its end. What else it has sent is lost: nothing is answered here any more. */
    private static boolean isGone(EndPoint endPoint) {
        try {
            return endPoint.fill(BufferUtil.allocate(1)) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static Optional<RequestDeadlines> deadlines(Request request) {
        return Optional.ofNullable(
                request.getConnectionMetaData().getConnector().getBean(RequestDeadlines.class));
    }

    private static Connection connection(Request request) {
        return request.getConnectionMetaData().getConnection();
    }

    private static EndPoint endPoint(Request request) {
        return connection(request).getEndPoint();
    }
}
