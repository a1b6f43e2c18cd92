package dev.latchkey.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The near end of a connection, which reads once and nothing more until the selector says again that there is something:
 * that is asked for, and told, at once. So every other connection that has something is read before this one is again.
 * Otherwise a client that sends its next request as soon as it has its answer keeps to itself a thread that serves many.
 */
final class OneRead extends SocketChannelEndPoint {
    private final Burst burst;
    private boolean hasRead;

    OneRead(SocketChannel channel, BurstSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
        this.burst = selector.burst();
    }

    /** What the answers on this connection may go out with. */
    Burst burst() {
        return burst;
    }

    @Override
    public Runnable onSelected() {
        burst.next();
        hasRead = false;
        return super.onSelected();
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (hasRead) {
            return 0;
        }
        int filled = super.fill(buffer);
        hasRead = filled > 0;
        return filled;
    }
}
