package dev.latchkey.http;

import dev.latchkey.http.exchange.ErrorBody;
import dev.latchkey.http.exchange.RequestId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Accepts connections while there is room; others are answered 503 unread, over TLS just closed. One thread for each
 * processor reads from those that are open, and gives each its turn.
 */
final class Door extends ServerConnector {
    private static final int MAX_DISCARDED_BYTES = 16 * 1024;

    /** So many are looked after at first; whoever comes in between is like those who come later. */
    private static final int MOST_WAITING = 1_000;

    private final ServerSocketChannel listener;
    private final OpenConnections connections;
    private final TurnedAway turnedAway;
    private final boolean plain;
    private final LongSupplier nanoTime;
    private final CountDownLatch unlocked = new CountDownLatch(1);

    Door(
            Server server,
            ServerSocketChannel listener,
            OpenConnections connections,
            TurnedAway turnedAway,
            boolean plain,
            LongSupplier nanoTime,
            ConnectionFactory... factories) {
        super(server, 1, Runtime.getRuntime().availableProcessors(), factories);
        this.listener = listener;
        this.connections = connections;
        this.turnedAway = turnedAway;
        this.plain = plain;
        this.nanoTime = nanoTime;
        addBean(connections);
    }

    @Override
    protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
        return new ServerConnectorManager(executor, scheduler, selectors) {
            @Override
            protected ManagedSelector newSelector(int id) {
                return new BurstSelector(this, id, nanoTime);
            }
        };
    }

    /** Lets in those who wait already, all of them before this returns, and then who comes. */
    void unlock() throws IOException {
        int waited = 0;
        listener.configureBlocking(false);
        try {
            while (waited < MOST_WAITING && letInNext()) {
                waited++;
            }
        } finally {
            listener.configureBlocking(true);
            unlocked.countDown();
        }
    }

    private boolean letInNext() {
        try {
            SocketChannel channel = listener.accept();
            if (channel == null) {
                return false;
            }
            letIn(channel);
            return true;
        } catch (IOException e) {
            // What lasts is met again, and told, by the thread that accepts from now on.
            return false;
        }
    }

    @Override
    public void accept(int acceptorId) throws IOException {
        awaitUnlocked();
        letIn(listener.accept());
    }

    private void letIn(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        if (connections.admit()) {
            configure(channel.socket());
            getSelectorManager().accept(channel);
        } else {
            turnedAway.connection();
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
        try (channel) {
            if (plain) {
                channel.write(tooManyConnections());
                channel.shutdownOutput();
                // Closing a socket with unread bytes could take the answer away from the client.
                channel.read(ByteBuffer.allocate(MAX_DISCARDED_BYTES));
            }
        } catch (IOException e) {
            // The client has gone, which was to be its fate anyway.
            return;
        }
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new OneRead(channel, (BurstSelector) selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    /** Returns when every connection that had something to read has been read from since the call, or it takes too long. */
    void readAll(Duration patience) {
        Collection<ManagedSelector> selectors = getSelectorManager().getBeans(ManagedSelector.class);
        CountDownLatch left = new CountDownLatch(selectors.size());
        // A selector looks at its connections, and reads, between one update and the next that is told within it.
        selectors.forEach(selector -> selector.submit(before -> selector.submit(after -> left.countDown())));
        try {
            var unused = left.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ByteBuffer tooManyConnections() {
        byte[] body = ErrorBody.oauth("temporarily_unavailable", "The service is too busy; try again.")
                .bytes();
        String head = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\nRetry-After: " + JettyErrors.RETRY_AFTER_SECONDS
                + "\r\nCache-Control: no-store\r\nPragma: no-cache\r\n" + RequestId.HEADER + ": "
                + RequestId.fresh() + "\r\nConnection: close\r\n\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(headBytes.length + body.length)
                .put(headBytes)
                .put(body)
                .flip();
    }
}
