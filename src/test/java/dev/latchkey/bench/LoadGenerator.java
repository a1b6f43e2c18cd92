package dev.latchkey.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends one request over and over on many connections from one thread, each connection waiting for its answer. Stands in
 * for wrk where that is not installed. To loopback only.
 */
final class LoadGenerator {
    private static final int MAX_SAMPLES = 4_000_000;
    private static final byte[] END_OF_HEADER = {'\r', '\n', '\r', '\n'};

    private final byte[] request;
    private final int port;
    private final int keys;
    private final int digitsAt;
    private long[] latencyNanos = new long[1 << 16];
    private int samples;
    private long answers;
    private long failures;
    private long broken;

    LoadGenerator(int port, Request request) {
        String text = request.onTheWire();
        this.port = port;
        this.request = text.getBytes(StandardCharsets.ISO_8859_1);
        this.keys = request.keys();
        this.digitsAt = text.indexOf(request.authorization()) + Request.FIRST_DIGITS;
    }

    /** One connection and the answer it is reading. */
    private static final class Client {
        final byte[] bytes = new byte[16 * 1024];
        final ByteBuffer in = ByteBuffer.wrap(bytes);
        ByteBuffer out = ByteBuffer.allocate(0);
        long sentNanos;
    }

    Load run(int connections, double seconds) throws IOException {
        samples = 0;
        answers = 0;
        failures = 0;
        broken = 0;
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.configureBlocking(false);
                Client client = new Client();
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ, client);
                send(key, client);
            }
            while (System.nanoTime() < end) {
                selector.select(key -> step(key), 100);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        double took = (System.nanoTime() - start) / 1e9;
        long[] sorted = Arrays.copyOf(latencyNanos, samples);
        Arrays.sort(sorted);
        return new Load(took, answers - failures, at(sorted, 0.50), at(sorted, 0.99), failures + broken, 0);
    }

    private void step(SelectionKey key) {
        Client client = (Client) key.attachment();
        try {
            if (client.out.hasRemaining()) {
                write(key, client);
            }
            if (key.isValid() && key.isReadable()) {
                read(key, client);
            }
        } catch (IOException e) {
            broken++;
            key.cancel();
        }
    }

    private void read(SelectionKey key, Client client) throws IOException {
        if (((SocketChannel) key.channel()).read(client.in) < 0) {
            throw new IOException("the service closed the connection");
        }
        if (isWhole(client.bytes, client.in.position())) {
            note(System.nanoTime() - client.sentNanos, client.in.get("HTTP/1.1 ".length()) == '2');
            client.in.clear();
            send(key, client);
        }
    }

    private void send(SelectionKey key, Client client) throws IOException {
        client.out = ByteBuffer.wrap(keys == 0 ? request : ofAnyKey());
        client.sentNanos = System.nanoTime();
        write(key, client);
    }

    private byte[] ofAnyKey() {
        int key = ThreadLocalRandom.current().nextInt(keys);
        byte[] digits = Request.keyOf(key).substring("key".length()).getBytes(StandardCharsets.ISO_8859_1);
        byte[] encoded = Base64.getEncoder().encode(digits);
        byte[] changed = request.clone();
        System.arraycopy(encoded, 0, changed, digitsAt, encoded.length);
        return changed;
    }

    private static void write(SelectionKey key, Client client) throws IOException {
        ((SocketChannel) key.channel()).write(client.out);
        int more = client.out.hasRemaining() ? SelectionKey.OP_WRITE : 0;
        key.interestOps(SelectionKey.OP_READ | more);
    }

    /** Whether the header and as much body as it announces are there. */
    private static boolean isWhole(byte[] bytes, int length) {
        int body = 0;
        for (int i = 3; i < length && body == 0; i++) {
            if (Arrays.equals(bytes, i - 3, i + 1, END_OF_HEADER, 0, 4)) {
                body = i + 1;
            }
        }
        if (body == 0) {
            return false;
        }
        String header = new String(bytes, 0, body, StandardCharsets.ISO_8859_1);
        int at = header.indexOf("Content-Length: ");
        int announced = at < 0 ? 0 : Integer.parseInt(header.substring(at + 16, header.indexOf('\r', at)));
        return length >= body + announced;
    }

    private void note(long nanos, boolean good) {
        answers++;
        if (samples == latencyNanos.length && samples < MAX_SAMPLES) {
            latencyNanos = Arrays.copyOf(latencyNanos, samples * 2);
        }
        if (samples < latencyNanos.length) {
            latencyNanos[samples++] = nanos;
        }
        failures += good ? 0 : 1;
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))] / 1e6;
    }
}
