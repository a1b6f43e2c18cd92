package dev.latchkey.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** Stands before a server on this machine and can stop to pass on bytes, as a network does that has broken silently. */
public final class FreezingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final UnaryOperator<InputStream> tap;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition thawed = lock.newCondition();
    private boolean frozen;

    private FreezingProxy(ServerSocket listener, int target, UnaryOperator<InputStream> tap) {
        this.listener = listener;
        this.target = target;
        this.tap = tap;
    }

    /** Before what listens on a port. */
    public static FreezingProxy before(int target) throws IOException {
        return before(target, in -> in);
    }

    /** The same that reads what each client sends through what it is given. */
    public static FreezingProxy before(int target, UnaryOperator<InputStream> tap) throws IOException {
        ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        FreezingProxy proxy = new FreezingProxy(listener, target, tap);
        daemon(proxy::accept);
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Connections go on being accepted; no byte passes any more, either way. */
    public void freeze() {
        setFrozen(true);
    }

    public void thaw() {
        setFrozen(false);
    }

    private void setFrozen(boolean wanted) {
        lock.lock();
        try {
            frozen = wanted;
            thawed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.addAll(List.of(client, server));
                daemon(() -> pass(client, tap, server));
                daemon(() -> pass(server, in -> in, client));
            }
        } catch (IOException e) {
            // Closed: the end.
            return;
        }
    }

    private void pass(Socket from, UnaryOperator<InputStream> through, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = through.apply(from.getInputStream());
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitThaw();
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            // One side has gone, and so goes the other.
            return;
        }
    }

    private void awaitThaw() {
        lock.lock();
        try {
            while (frozen) {
                thawed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "freezing-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        thaw();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
