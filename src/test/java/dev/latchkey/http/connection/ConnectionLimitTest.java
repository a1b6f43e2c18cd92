package dev.latchkey.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connector with room for a few connections. */
class ConnectionLimitTest {
    /** What one address may have of {@link #ROOM_FOR_ALL}. */
    private static final int ROOM = 4;

    private static final int ROOM_FOR_ALL = 5;
    private static final Duration SLOWNESS = Duration.ofMillis(100);
    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    /** Every thread that the server has started. */
    private final Set<Thread> started = ConcurrentHashMap.newKeySet();

    private final QueuedThreadPool threads = new QueuedThreadPool(20, 8, 60_000, -1, null, null, this::newThread);
    private final Server server = new Server(threads);
    private final List<Socket> sockets = new ArrayList<>();
    private final ConnectionLimit connections = new ConnectionLimit(ROOM_FOR_ALL, SLOWNESS);
    private LimitedConnector connector;
    private int port;

    @BeforeEach
    void start() throws Exception {
        ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        port = listener.socket().getLocalPort();
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.setStatus(204);
                callback.succeeded();
                return true;
            }
        });
        HeaderLimits limits = new HeaderLimits(path -> false, 0);
        Http1ConnectionFactory factory = new Http1ConnectionFactory(new HttpConfiguration(), limits);
        connector = new LimitedConnector(server, List.of(listener), 1, connections, () -> {}, true, factory);
        connector.openListeners();
        server.addConnector(connector);
        server.start();
    }

    private Thread newThread(Runnable task) {
        Thread thread = new Thread(task);
        started.add(thread);
        return thread;
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stop();
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        sockets.add(socket);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String statusOf(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
    }

    private static void readToEndOfHeader(Socket socket) throws IOException {
        String header = "";
        while (!header.endsWith("\r\n\r\n")) {
            header += (char) socket.getInputStream().read();
        }
    }

    @Test
    void whoComesBeforeItIsUnlocked_isAnsweredAsSoonAsItIs() throws IOException {
        Socket early = open();
        send(early, REQUEST);

        connector.unlock();
        connections.awaitFirstAnswers(Duration.ofMillis(READ_TIMEOUT_MILLIS));

        assertThat(early.getInputStream().available()).isPositive();
        assertThat(statusOf(early)).isEqualTo("HTTP/1.1 204");
    }

    @Test
    @Timeout(30)
    void whoComesBeforeItIsUnlocked_andAsksForNothing_isWaitedForAWhile() throws IOException {
        open();
        connector.unlock();

        long startNanos = System.nanoTime();
        connections.awaitFirstAnswers(SLOWNESS);

        assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(SLOWNESS.toNanos());
        Socket later = open();
        send(later, REQUEST);
        assertThat(statusOf(later)).isEqualTo("HTTP/1.1 204");
    }

    @Test
    @Timeout(30)
    void withoutAConnection_nothingIsWaitedFor() throws IOException {
        connector.unlock();

        connections.awaitFirstAnswers(Duration.ofDays(1));

        assertThat(fill()).hasSize(ROOM);
    }

    @Test
    @Timeout(30)
    void stop_beforeItIsUnlocked_endsTheThreadThatWaits() throws Exception {
        while (threads.getQueueSize() > 0) {
            Thread.onSpinWait();
        }

        server.stop();

        assertThat(started).isNotEmpty().noneMatch(Thread::isAlive);
    }

    /** As many as there is room for, each used once. */
    private List<Socket> fill() throws IOException {
        List<Socket> inside = new ArrayList<>();
        for (int i = 0; i < ROOM; i++) {
            Socket socket = open();
            send(socket, REQUEST);
            assertThat(statusOf(socket)).isEqualTo("HTTP/1.1 204");
            readToEndOfHeader(socket);
            inside.add(socket);
        }
        return inside;
    }

    @Test
    void whoFindsNoRoom_isTold503AtOnce_whileTheOthersGoOn() throws IOException {
        connector.unlock();
        List<Socket> inside = fill();

        String refused = new String(open().getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

        assertThat(refused)
                .startsWith("HTTP/1.1 503 ")
                .contains("\r\nRetry-After: ", "\r\nX-Request-Id: ", "\r\nConnection: close\r\n")
                .endsWith("\"}")
                .contains("\"error\":\"temporarily_unavailable\"");
        send(inside.get(0), REQUEST);
        assertThat(inside.get(0).getInputStream().readNBytes(12)).isNotEmpty();
    }

    @Test
    void oneAddressWithItsShare_leavesRoomForAnother() throws IOException {
        connector.unlock();
        fill();

        Socket other = new Socket();
        sockets.add(other);
        other.setSoTimeout(READ_TIMEOUT_MILLIS);
        other.bind(new InetSocketAddress("127.0.0.2", 0));
        other.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        send(other, REQUEST);

        assertThat(statusOf(other)).isEqualTo("HTTP/1.1 204");
        assertThat(statusOf(open())).isEqualTo("HTTP/1.1 503");
    }

    /** The thread that reads is busy, so that what the others send stays unread, for longer than the patience. */
    @Test
    @Timeout(30)
    void requestsThatHaveComeAndWereNotReadYet_areAnswered_whateverRoomIsAskedFor() throws Exception {
        connector.unlock();
        List<Socket> inside = fill();
        CountDownLatch busy = new CountDownLatch(1);
        Collection<ManagedSelector> selectors = connector.getSelectorManager().getBeans(ManagedSelector.class);
        CountDownLatch seen = new CountDownLatch(selectors.size());
        try {
            for (ManagedSelector selector : selectors) {
                selector.submit(unused -> {
                    seen.countDown();
                    awaitUninterrupted(busy);
                });
            }
            seen.await();
            for (Socket socket : inside) {
                send(socket, REQUEST);
            }

            long until = System.nanoTime() + 4 * SLOWNESS.toNanos();
            while (System.nanoTime() < until) {
                assertThat(statusOf(open())).isEqualTo("HTTP/1.1 503");
            }
        } finally {
            // The server cannot stop before.
            busy.countDown();
        }

        for (Socket socket : inside) {
            assertThat(statusOf(socket)).isEqualTo("HTTP/1.1 204");
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoLeaves_makesRoom() throws IOException {
        connector.unlock();
        fill().get(0).close();

        assertThat(untilAdmitted()).isEqualTo("HTTP/1.1 204");
    }

    /** What is idle for a second, and a request that takes longer than that and the patience with slow ones. */
    @ParameterizedTest
    @ValueSource(strings = {"", "GET / HT"})
    @Timeout(30)
    void whoKeepsAConnectionUnused_makesRoomForANewcomer(String beginning) throws IOException {
        connector.unlock();
        for (Socket socket : fill()) {
            send(socket, beginning);
        }

        assertThat(untilAdmitted()).isEqualTo("HTTP/1.1 204");
    }

    private String untilAdmitted() throws IOException {
        String status = "HTTP/1.1 503";
        while (status.equals("HTTP/1.1 503")) {
            try (Socket newcomer = open()) {
                send(newcomer, REQUEST);
                status = statusOf(newcomer);
            } catch (IOException e) {
                // Closed before all was sent: refused.
                status = "HTTP/1.1 503";
            }
        }
        return status;
    }
}
