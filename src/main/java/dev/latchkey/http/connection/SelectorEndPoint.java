package dev.latchkey.http.connection;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** The near end of a connection, which knows the selector that looks after it. */
final class SelectorEndPoint extends SocketChannelEndPoint {
    private final ManagedSelector selector;
    private final AnswerBatch batch;

    SelectorEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler, AnswerBatch batch) {
        super(channel, selector, key, scheduler);
        this.selector = selector;
        this.batch = batch;
    }

    /** The selector that looks after an end point, also inside of TLS; null when it is of another kind. */
    static @Nullable ManagedSelector selectorOf(EndPoint endPoint) {
        return unwrap(endPoint) instanceof SelectorEndPoint plain ? plain.selector : null;
    }

    /** What the answers on this connection go out with; null when the end point is of another kind. */
    static @Nullable AnswerBatch batchOf(EndPoint endPoint) {
        return unwrap(endPoint) instanceof SelectorEndPoint plain ? plain.batch : null;
    }

    /** Whether bytes have come that were not read yet. */
    static boolean hasUnreadBytes(EndPoint endPoint) {
        if (unwrap(endPoint) instanceof SelectorEndPoint plain) {
            try {
                return plain.getChannel().socket().getInputStream().available() > 0;
            } catch (IOException e) {
                // It is closed.
                return false;
            }
        }
        return false;
    }

    private static EndPoint unwrap(EndPoint endPoint) {
        EndPoint inner = endPoint;
        while (inner instanceof EndPoint.Wrapper wrapper) {
            inner = wrapper.unwrap();
        }
        return inner;
    }
}
