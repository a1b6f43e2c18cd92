package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A door with room for a few connections. */
class DoorTest {
    private static final int ROOM = 4;
    private static final Duration SLOWNESS = Duration.ofMillis(100);
    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    private final Server server = new Server();
    private final List<Socket> sockets = new ArrayList<>();
    private final OpenConnections connections = new OpenConnections(ROOM, SLOWNESS);
    private Door door;
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
        TurnedAway turnedAway = new TurnedAway(server.getScheduler());
        door = new Door(server, listener, connections, turnedAway, true, System::nanoTime, new HttpConnectionFactory());
        door.open(listener);
        server.addConnector(door);
        server.start();
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

    @Test
    void whoComesBeforeItIsUnlocked_isAnsweredAsSoonAsItIs() throws IOException {
        Socket early = open();
        send(early, REQUEST);

        door.unlock();
        connections.awaitFirstAnswers(Duration.ofMillis(READ_TIMEOUT_MILLIS));

        assertThat(early.getInputStream().available()).isPositive();
        assertThat(statusOf(early)).isEqualTo("HTTP/1.1 204");
    }

    @Test
    @Timeout(30)
    void whoComesBeforeItIsUnlocked_andAsksForNothing_isWaitedForAWhile() throws IOException {
        open();
        door.unlock();

        long startNanos = System.nanoTime();
        connections.awaitFirstAnswers(SLOWNESS);

        assertThat(System.nanoTime() - startNanos).isGreaterThanOrEqualTo(SLOWNESS.toNanos());
        Socket later = open();
        send(later, REQUEST);
        assertThat(statusOf(later)).isEqualTo("HTTP/1.1 204");
    }

    @Test
    @Timeout(30)
    void nobodyCame_nobodyIsWaitedFor() throws IOException {
        door.unlock();

        connections.awaitFirstAnswers(Duration.ofDays(1));

        assertThat(fill()).hasSize(ROOM);
    }

    @Test
    @Timeout(30)
    void stop_beforeItIsUnlocked_endsTheThreadThatWaits() throws Exception {
        Thread waiting = acceptor();

        server.stop();

        assertThat(waiting.isAlive()).isFalse();
    }

    /** The thread that is named for accepting connections at this door, which it is as soon as it begins to. */
    private Thread acceptor() {
        String name = "Door@" + Integer.toHexString(door.hashCode());
        while (true) {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().contains("-acceptor-") && thread.getName().contains(name)) {
                    return thread;
                }
            }
            Thread.onSpinWait();
        }
    }

    /** As many as there is room for, each used once. */
    private List<Socket> fill() throws IOException {
        List<Socket> inside = new ArrayList<>();
        for (int i = 0; i < ROOM; i++) {
            Socket socket = open();
            send(socket, REQUEST);
            assertThat(statusOf(socket)).isEqualTo("HTTP/1.1 204");
            inside.add(socket);
        }
        return inside;
    }

    @Test
    void whoFindsNoRoom_isTold503AtOnce_whileTheOthersGoOn() throws IOException {
        door.unlock();
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
    void whoLeaves_makesRoom() throws IOException {
        door.unlock();
        fill().get(0).close();

        assertThat(untilAdmitted()).isEqualTo("HTTP/1.1 204");
    }

    /** What is idle for a second, and a request that takes longer than that and the patience with slow ones. */
    @ParameterizedTest
    @ValueSource(strings = {"", "GET / HT"})
    @Timeout(30)
    void whoKeepsAConnectionUnused_makesRoomForANewcomer(String beginning) throws IOException {
        door.unlock();
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

    @ParameterizedTest
    @CsvSource({"1, 256", "96, 896", "16384, 8192"})
    void room_growsWithTheHeap_withinBounds(long heapMebibytes, int connections) {
        assertThat(JettySetup.maxConnections(heapMebibytes * 1024 * 1024)).isEqualTo(connections);
    }
}
