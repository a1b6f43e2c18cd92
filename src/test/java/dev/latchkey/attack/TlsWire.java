package dev.latchkey.attack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A connection over TLS whose handshake is done. Not thread-safe. */
final class TlsWire implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final SSLSocket socket;

    private TlsWire(SSLSocket socket) {
        this.socket = socket;
    }

    /** Connects from an address of this machine; every wait on this connection ends after {@code patience}. */
    static TlsWire open(SSLContext context, InetSocketAddress from, InetSocketAddress to, Duration patience) {
        try {
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) patience.toMillis());
            socket.bind(from);
            socket.connect(to, (int) patience.toMillis());
            socket.startHandshake();
            return new TlsWire(socket);
        } catch (IOException e) {
            throw new UncheckedIOException("no TLS connection within " + patience, e);
        }
    }

    /** Sends text in one record, or as few as it fits into. */
    void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends text in records of one byte. */
    void sendInSmallRecords(String text) {
        try {
            for (byte one : text.getBytes(StandardCharsets.ISO_8859_1)) {
                socket.getOutputStream().write(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has both sides change their keys (RFC 8446 §4.6.3). */
    void updateKeys() {
        try {
            socket.startHandshake();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next answer; empty when the service closes without one, or sends none in time. */
    Optional<Answer> answer() {
        ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            InputStream in = socket.getInputStream();
            while (received.hasRemaining()) {
                Optional<Answer> answer = Answer.take(received.duplicate().flip(), false, true);
                if (answer.isPresent()) {
                    return answer;
                }
                int count = in.read(received.array(), received.position(), received.remaining());
                if (count < 0) {
                    return Optional.empty();
                }
                received.position(received.position() + count);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
