package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests of many connections that are there at once, because each thread that reads was held up until they were. */
@Timeout(60)
class BurstSelectorTest {
    private static final int SELECTORS = Runtime.getRuntime().availableProcessors();
    private static final int CROWD = Burst.CROWD + 1;

    /** More than go out together, so that some are answered when others have not been worked on yet. */
    private static final int LARGE_CROWD = Burst.MOST_ANSWERS + 2;

    private static final int MAX_THREADS = SELECTORS + 8;
    private static final int BOUND_SECONDS = 20;
    private static final String HOLD = "/hold";
    private static final String AFTER = "/after";

    /** Takes long, and is answered without a look at others; but the first of a round. */
    private static final String BYPASSING = "/bypassing";

    private final Server server = new Server(
            HttpThreads.pool(MAX_THREADS, Duration.ofMinutes(1)), new ScheduledExecutorScheduler("timer", true), null);
    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch held = new CountDownLatch(SELECTORS);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch lastHeld = new CountDownLatch(SELECTORS);
    private final CountDownLatch releaseLast = new CountDownLatch(1);
    private final OpenConnections connections = new OpenConnections(Integer.MAX_VALUE);

    /** What each thread did, in its order. */
    private final Map<Thread, List<String>> deeds = new ConcurrentHashMap<>();

    /** Each thread's own, which its work moves on. */
    private final ThreadLocal<AtomicLong> nanos = ThreadLocal.withInitial(AtomicLong::new);

    /** How much a thread has worked when it is held up once more; the first work is that of {@link #HOLD}. */
    private volatile long holdAt = Long.MAX_VALUE;

    private Door door;
    private int port;

    @BeforeEach
    void start() throws Exception {
        ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        port = listener.socket().getLocalPort();
        server.setHandler(new Working());
        TurnedAway turnedAway = new TurnedAway(server.getScheduler());
        door = new Door(
                server,
                listener,
                connections,
                turnedAway,
                true,
                () -> nanos.get().get(),
                new HttpConnectionFactory());
        door.open(listener);
        server.addConnector(door);
        server.start();
        door.unlock();
    }

    @AfterEach
    void stop() throws Exception {
        release.countDown();
        releaseLast.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stop();
    }

    private final class Working extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws InterruptedException {
            String path = Request.getPathInContext(request);
            if (path.equals(HOLD)) {
                held.countDown();
                assertThat(release.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
            boolean bypasses = path.equals(BYPASSING) && worked() > 1;
            nanos.get().addAndGet(bypasses ? Burst.LONGEST_NANOS : Burst.WORTH_NANOS);
            if (worked() == holdAt) {
                lastHeld.countDown();
                assertThat(releaseLast.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
            note("worked");
            if (path.equals(AFTER)) {
                note(AFTER);
            }
            ByteBuffer body = ByteBuffer.wrap(path.getBytes(StandardCharsets.US_ASCII));
            if (bypasses) {
                response.write(true, body, callback);
            } else {
                Burst.write(request, response, body, Callback.from(() -> note("wrote"), callback));
            }
            return true;
        }
    }

    private long worked() {
        List<String> done = deeds.getOrDefault(Thread.currentThread(), List.of());
        return done.stream().filter("worked"::equals).count();
    }

    private void note(String deed) {
        deeds.computeIfAbsent(Thread.currentThread(), none -> new CopyOnWriteArrayList<>())
                .add(deed);
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
        sockets.add(socket);
        return socket;
    }

    private static void ask(Socket socket, String... paths) throws IOException {
        StringBuilder requests = new StringBuilder();
        for (String path : paths) {
            requests.append("GET ").append(path).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** The answer is the request's path. */
    private static String answerOn(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("after %s", head).isNotNegative();
            head.append((char) next);
        }
        assertThat(head).startsWith("HTTP/1.1 200");
        int length = Integer.parseInt(head.toString().replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    /** Connections that were used before, in turn of each thread that reads; and each of those is held up now. */
    private List<Socket> crowdBehindTheHeld(int size) throws Exception {
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < SELECTORS * size; i++) {
            Socket socket = open();
            ask(socket, "/first");
            assertThat(answerOn(socket)).isEqualTo("/first");
            crowd.add(socket);
        }
        for (int i = 0; i < SELECTORS; i++) {
            ask(open(), HOLD);
        }
        assertThat(held.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        deeds.clear();
        return crowd;
    }

    private void letGo() throws IOException {
        release.countDown();
        for (Socket holding : sockets.subList(sockets.size() - SELECTORS, sockets.size())) {
            assertThat(answerOn(holding)).isEqualTo(HOLD);
        }
    }

    @Test
    void answersToACrowd_goOutTogether_andEachReachesItsOwn() throws Exception {
        List<Socket> crowd = crowdBehindTheHeld(CROWD);
        for (int i = 0; i < crowd.size(); i++) {
            ask(crowd.get(i), "/" + i);
        }

        letGo();

        for (int i = 0; i < crowd.size(); i++) {
            assertThat(answerOn(crowd.get(i))).isEqualTo("/" + i);
        }
        for (int i = 0; i < crowd.size(); i++) {
            ask(crowd.get(i), "/again" + i);
            assertThat(answerOn(crowd.get(i))).isEqualTo("/again" + i);
        }
        // By now each thread has noted what it did before.
        String together = "worked ".repeat(CROWD) + "wrote ".repeat(CROWD);
        assertThat(deeds.values())
                .hasSize(SELECTORS)
                .allSatisfy(done -> assertThat(String.join(" ", done) + " ").startsWith("worked wrote " + together));
    }

    @Test
    void requestsThatCameTogetherOnAConnection_areAnsweredInTheirOrder() throws Exception {
        List<Socket> crowd = crowdBehindTheHeld(CROWD);
        for (int i = 0; i < crowd.size(); i++) {
            ask(crowd.get(i), "/a" + i, "/b" + i, "/c" + i);
        }

        letGo();

        for (int i = 0; i < crowd.size(); i++) {
            assertThat(answerOn(crowd.get(i))).isEqualTo("/a" + i);
            assertThat(answerOn(crowd.get(i))).isEqualTo("/b" + i);
            assertThat(answerOn(crowd.get(i))).isEqualTo("/c" + i);
        }
        assertThat(deeds).as("threads that worked: those that read").hasSize(SELECTORS);
    }

    @Test
    void whatIsKept_isWritten_beforeOthersAreWorkedOnForLong() throws Exception {
        List<Socket> crowd = crowdBehindTheHeld(CROWD);
        for (Socket socket : crowd) {
            ask(socket, BYPASSING);
        }

        letGo();

        for (Socket socket : crowd) {
            assertThat(answerOn(socket)).isEqualTo(BYPASSING);
        }
        // The one that holds, the one that is kept, one that takes long.
        assertThat(deeds.values())
                .hasSize(SELECTORS)
                .allSatisfy(done ->
                        assertThat(String.join(" ", done)).startsWith("worked wrote worked worked wrote worked"));
    }

    /** Which a stop relies on: what came before it is answered. */
    @Test
    void requestsThatFollowAnAnswerOfTheSameRound_areReadInTheNext_asOthersAre() throws Exception {
        List<Socket> crowd = crowdBehindTheHeld(LARGE_CROWD);
        for (Socket socket : crowd) {
            ask(socket, "/before");
        }
        holdAt = LARGE_CROWD;
        letGo();
        assertThat(lastHeld.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        List<Socket> answered = answered(crowd);
        for (Socket socket : answered) {
            assertThat(answerOn(socket)).isEqualTo("/before");
            ask(socket, AFTER);
        }

        List<Integer> readInTheNext = new CopyOnWriteArrayList<>();
        CountDownLatch noted = new CountDownLatch(SELECTORS);
        for (ManagedSelector selector : door.getSelectorManager().getBeans(ManagedSelector.class)) {
            selector.submit(thisRound -> selector.submit(nextRound -> {
                readInTheNext.add(Collections.frequency(deeds.get(Thread.currentThread()), AFTER));
                noted.countDown();
            }));
        }
        releaseLast.countDown();

        assertThat(noted.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(readInTheNext).containsOnly(Burst.MOST_ANSWERS);
        for (Socket socket : crowd) {
            assertThat(answerOn(socket)).isEqualTo(answered.contains(socket) ? AFTER : "/before");
        }
    }

    @Test
    void requestsThatCameTogether_areAllAnsweredBeforeAStop() throws Exception {
        List<Socket> crowd = crowdBehindTheHeld(LARGE_CROWD);
        for (Socket socket : crowd) {
            ask(socket, "/before", AFTER);
        }
        // Who fills the burst goes on at once, with the second request.
        holdAt = LARGE_CROWD + 1;
        letGo();
        assertThat(lastHeld.await(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();

        AtomicBoolean lookedAt = new AtomicBoolean();
        CompletableFuture<Boolean> drained =
                CompletableFuture.supplyAsync(() -> connections.drain(Duration.ofSeconds(BOUND_SECONDS), () -> {
                    // All of them have been read once, so the first look needs no other reading.
                    if (lookedAt.getAndSet(true)) {
                        releaseLast.countDown();
                        door.readAll(Duration.ofSeconds(BOUND_SECONDS));
                    }
                }));

        for (Socket socket : crowd) {
            assertThat(answerOn(socket)).isEqualTo("/before");
            assertThat(answerOn(socket)).isEqualTo(AFTER);
        }
        assertThat(drained.get(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** Those whose answers have gone out, which is as many of each thread as go out together. */
    private static List<Socket> answered(List<Socket> crowd) throws IOException {
        List<Socket> answered = new ArrayList<>();
        while (answered.size() < SELECTORS * Burst.MOST_ANSWERS) {
            answered.clear();
            for (Socket socket : crowd) {
                if (socket.getInputStream().available() > 0) {
                    answered.add(socket);
                }
            }
        }
        return answered;
    }
}
