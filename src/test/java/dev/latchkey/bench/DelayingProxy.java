package dev.latchkey.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** Stands before a server on this machine, and passes on each byte after half of a round trip. */
final class DelayingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final long delayNanos;

    private record Chunk(long dueNanos, ByteArrayInputStream bytes) {}

    private DelayingProxy(ServerSocket listener, int target, long delayNanos) {
        this.listener = listener;
        this.target = target;
        this.delayNanos = delayNanos;
    }

    static DelayingProxy before(int target, int roundTripMillis) throws IOException {
        ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        DelayingProxy proxy = new DelayingProxy(listener, target, roundTripMillis * 500_000L);
        daemon(proxy::accept);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                pass(client, server);
                pass(server, client);
            }
        } catch (IOException e) {
            // Closed: the end.
            return;
        }
    }

    private void pass(Socket from, Socket to) {
        BlockingQueue<Chunk> way = new LinkedBlockingQueue<>();
        daemon(() -> {
            byte[] buffer = new byte[65_536];
            try (from) {
                InputStream in = from.getInputStream();
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    way.add(new Chunk(
                            System.nanoTime() + delayNanos, new ByteArrayInputStream(Arrays.copyOf(buffer, length))));
                }
            } catch (IOException e) {
                // One side has gone; what is on its way still arrives.
            }
            way.add(new Chunk(System.nanoTime(), new ByteArrayInputStream(new byte[0])));
        });
        daemon(() -> {
            try (to) {
                OutputStream out = to.getOutputStream();
                for (Chunk next = way.take(); next.bytes.available() > 0; next = way.take()) {
                    for (long left = left(next); left > 0; left = left(next)) {
                        LockSupport.parkNanos(left);
                    }
                    next.bytes.transferTo(out);
                }
            } catch (IOException | InterruptedException e) {
                // The other side has gone.
                return;
            }
        });
    }

    private static long left(Chunk chunk) {
        return chunk.dueNanos - System.nanoTime();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "delaying-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
