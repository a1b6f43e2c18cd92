package dev.latchkey.http.connection;

import dev.latchkey.http.exchange.ErrorAnswers;
import dev.latchkey.http.exchange.ErrorBody;
import dev.latchkey.http.exchange.RequestId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;

/**
 * Accepts connections on one port of one or more addresses while {@link ConnectionLimit} admits them; others are
 * answered 503 unread, over TLS just closed. Few threads read from those that are open.
 */
public final class LimitedConnector extends ServerConnector {
    private static final int MAX_DISCARDED_BYTES = 16 * 1024;

    /** A refused connection stays open for so long: one that is closed with unread bytes loses its answer. */
    private static final long LINGER_MILLIS = 500;

    private static final int MOST_LINGERING = 256;

    /** So many are admitted at first; those that come in between are like those that come later. */
    private static final int MOST_WAITING = 1_000;

    private final List<ServerSocketChannel> listeners;
    private final ConnectionLimit limit;
    private final Runnable refused;
    private final boolean plain;
    private final CountDownLatch unlocked = new CountDownLatch(1);
    private final Map<ManagedSelector, AnswerBatch> batches = new ConcurrentHashMap<>();
    private final AtomicInteger lingering = new AtomicInteger();

    /**
     * A connector that is not open yet.
     *
     * @param listeners bound already, all on one port
     * @param readers how many threads read from the connections
     * @param refused told of each connection that is refused
     * @param plain whether there is no TLS
     */
    public LimitedConnector(
            Server server,
            List<ServerSocketChannel> listeners,
            int readers,
            ConnectionLimit limit,
            Runnable refused,
            boolean plain,
            ConnectionFactory... factories) {
        super(server, listeners.size(), readers, factories);
        this.listeners = List.copyOf(listeners);
        this.limit = limit;
        this.refused = refused;
        this.plain = plain;
        addBean(limit);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new SelectorEndPoint(
                channel, selector, key, getScheduler(), batches.computeIfAbsent(selector, AnswerBatch::new));
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /** Takes over the listeners, which are bound already. */
    public void openListeners() throws IOException {
        open(listeners.get(0));
    }

    @Override
    public void close() {
        super.close();
        listeners.forEach(IO::close);
    }

    /** Admits those that wait already, all of them before this returns, and then those that come. */
    public void unlock() throws IOException {
        try {
            for (ServerSocketChannel listener : listeners) {
                admitWaiting(listener);
            }
        } finally {
            unlocked.countDown();
        }
    }

    private void admitWaiting(ServerSocketChannel listener) throws IOException {
        int waited = 0;
        listener.configureBlocking(false);
        try {
            while (waited < MOST_WAITING && admitNext(listener)) {
                waited++;
            }
        } finally {
            listener.configureBlocking(true);
        }
    }

    private boolean admitNext(ServerSocketChannel listener) {
        try {
            SocketChannel channel = listener.accept();
            if (channel == null) {
                return false;
            }
            admit(channel);
            return true;
        } catch (IOException e) {
            // What lasts is met again, and told, by the thread that accepts from now on.
            return false;
        }
    }

    @Override
    public void accept(int acceptor) throws IOException {
        awaitUnlocked();
        admit(listeners.get(acceptor).accept());
    }

    private void admit(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        if (limit.admit(channel)) {
            configure(channel.socket());
            getSelectorManager().accept(channel);
        } else {
            refused.run();
            refuse(channel);
        }
    }

    private void awaitUnlocked() throws IOException {
        try {
            unlocked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped before it was unlocked");
        }
    }

    /** Never waits: what does not fit into the socket's buffer is lost. */
    private void refuse(SocketChannel channel) {
        try {
            if (plain) {
                channel.write(tooManyConnections());
                channel.shutdownOutput();
                if (lingering.incrementAndGet() <= MOST_LINGERING) {
                    getScheduler().schedule(() -> end(channel), LINGER_MILLIS, TimeUnit.MILLISECONDS);
                    return;
                }
            }
        } catch (IOException e) {
            // The client has gone, as it was to be told to.
        }
        end(channel);
    }

    private void end(SocketChannel channel) {
        lingering.updateAndGet(count -> Math.max(0, count - 1));
        try (channel) {
            channel.read(ByteBuffer.allocate(MAX_DISCARDED_BYTES));
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static ByteBuffer tooManyConnections() {
        byte[] body = ErrorBody.oauth("temporarily_unavailable", "The service is too busy; try again.")
                .bytes();
        String head = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\nRetry-After: " + ErrorAnswers.RETRY_AFTER_SECONDS
                + "\r\nCache-Control: no-store\r\nPragma: no-cache\r\n" + RequestId.HEADER + ": "
                + RequestId.fresh() + "\r\nConnection: close\r\n\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(headBytes.length + body.length)
                .put(headBytes)
                .put(body)
                .flip();
    }
}
