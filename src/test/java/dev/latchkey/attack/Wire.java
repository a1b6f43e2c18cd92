package dev.latchkey.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection to the service on which any bytes can be sent, and nothing is read unless it is asked for. Nothing waits
 * without an end. Not thread-safe.
 */
final class Wire implements AutoCloseable {
    /** What a loaded machine may take; no test comes near it when the service does as it should. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final int FIRST_BUFFER_BYTES = 4 * 1024;

    private final SocketChannel channel;
    private ByteBuffer received = ByteBuffer.allocate(FIRST_BUFFER_BYTES).flip();
    private boolean ended;

    private Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects from an address of this machine. */
    static Wire open(InetSocketAddress from, InetSocketAddress to) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.bind(from);
            channel.connect(to);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return new Wire(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + to, e);
        }
    }

    /** Connects as a client that takes few bytes at a time: the service can send little before this is read. */
    static Wire openNarrow(InetSocketAddress from, InetSocketAddress to) {
        try {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1024);
            channel.bind(from);
            channel.connect(to);
            channel.configureBlocking(false);
            return new Wire(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + to, e);
        }
    }

    /** Sends text, a byte for each character. */
    boolean send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes; false when the service has closed, or takes no more of them for {@link #PATIENCE}. */
    boolean send(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        long startNanos = System.nanoTime();
        try {
            while (rest.hasRemaining()) {
                if (channel.write(rest) == 0 && !await(SelectionKey.OP_WRITE, startNanos, PATIENCE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            ended = true;
            return false;
        }
    }

    /** The next answer; empty when the service closes without one, or sends none in time. */
    Optional<Answer> answer() {
        return answer(true, PATIENCE);
    }

    /** As above, within a time that the test cares about. */
    Optional<Answer> answer(Duration within) {
        return answer(true, within);
    }

    private Optional<Answer> answer(boolean hasBody, Duration within) {
        long startNanos = System.nanoTime();
        while (true) {
            Optional<Answer> answer = Answer.take(received, ended, hasBody);
            if (answer.isPresent() || ended) {
                return answer;
            }
            if (!receive(startNanos, within)) {
                return Optional.empty();
            }
        }
    }

    /** The status of the next answer; 0 when the service closes without one. */
    int status() {
        return statusOf("GET");
    }

    /** As above; an answer to HEAD has no body. */
    int statusOf(String method) {
        Optional<Answer> answer = answer(!method.equals("HEAD"), PATIENCE);
        if (answer.isEmpty() && !ended) {
            throw new AssertionError("neither an answer nor an end within " + PATIENCE);
        }
        return answer.map(Answer::status).orElse(0);
    }

    /** Whether the service closes within a time, whatever it sends before. */
    boolean isClosedWithin(Duration time) {
        long startNanos = System.nanoTime();
        while (!ended && receive(startNanos, time)) {
            received.position(received.limit());
        }
        return ended;
    }

    /** Whether the service has closed already. */
    boolean isClosed() {
        return isClosedWithin(Duration.ZERO);
    }

    /** Says that nothing more is sent; answers can still be read. */
    void endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            ended = true;
        }
    }

    /** Waits for bytes and keeps them; false when the time is over. */
    private boolean receive(long startNanos, Duration within) {
        try {
            ByteBuffer more = ByteBuffer.allocate(16 * FIRST_BUFFER_BYTES);
            int count = channel.read(more);
            if (count == 0) {
                return await(SelectionKey.OP_READ, startNanos, within);
            }
            if (count < 0) {
                ended = true;
            } else {
                more.flip();
                received = ByteBuffer.allocate(received.remaining() + count)
                        .put(received)
                        .put(more)
                        .flip();
            }
        } catch (IOException e) {
            ended = true;
        }
        return true;
    }

    private boolean await(int operation, long startNanos, Duration within) throws IOException {
        long leftMillis = within.minusNanos(System.nanoTime() - startNanos).toMillis();
        if (leftMillis <= 0) {
            return false;
        }
        try (Selector selector = Selector.open()) {
            channel.register(selector, operation);
            return selector.select(leftMillis) > 0;
        }
    }

    /** Ends the connection with a reset, not an orderly end. */
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
