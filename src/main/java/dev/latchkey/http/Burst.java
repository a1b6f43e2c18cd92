package dev.latchkey.http;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that go out together. Where many connections have a request at the same time, the thread that reads from them
 * keeps the first few answers until it has some more, and then writes one after the other. A client on the same machine,
 * or a proxy, is so woken for several answers instead of for each, and takes the processor away from the signing less
 * often. An answer waits for a few others at most, and for none where there is no crowd or where it was quickly made.
 *
 * <p>One for each thread that reads; thread-safe, since another may take that one's place.
 */
final class Burst {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");

    /** With fewer requests at a time, each is answered at once. */
    static final int CROWD = 4;

    static final int MOST_ANSWERS = 8;

    /** An answer that took less work costs more to keep than its share of a wake-up. */
    static final long WORTH_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** The first one waits for no longer, and for the connection that is being worked on. */
    static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final ThreadLocal<@Nullable Burst> WRITTEN = new ThreadLocal<>();

    private final LongSupplier nanoTime;
    private final Runnable endWhenAllIsRead;
    private final Object lock = new Object();
    private final Queue<Runnable> going = new ArrayDeque<>();
    private Queue<Runnable> answers = new ArrayDeque<>(MOST_ANSWERS);
    private @Nullable Thread reader;
    private boolean crowded;
    private boolean endIsAsked;
    private long workedNanos;
    private long sinceNanos;

    /**
     * Begins with nothing.
     *
     * @param endWhenAllIsRead has {@link #end} called when all connections that have something have been read
     */
    Burst(LongSupplier nanoTime, Runnable endWhenAllIsRead) {
        this.nanoTime = nanoTime;
        this.endWhenAllIsRead = endWhenAllIsRead;
    }

    /** Writes the whole answer and ends the request: together with others where that pays, else at once. */
    static void write(Request request, Response response, @Nullable ByteBuffer body, Callback callback) {
        Burst burst = of(request);
        if (burst == null || !burst.add(() -> write(response, body, callback))) {
            write(response, body, callback);
        }
    }

    private static void write(Response response, @Nullable ByteBuffer body, Callback callback) {
        response.write(true, body, callback);
    }

    private static @Nullable Burst of(Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        while (endPoint instanceof EndPoint.Wrapper wrapper) {
            endPoint = wrapper.unwrap();
        }
        return endPoint instanceof OneRead connection ? connection.burst() : null;
    }

    /**
     * Has a connection go on after this thread has answered it, instead of by another thread, which would have to be
     * woken for no more than to see that there is nothing to read.
     *
     * @return false where this thread writes no burst; then nothing is done
     */
    static boolean goOnAfterwards(Runnable connection) {
        Burst burst = WRITTEN.get();
        return burst != null && burst.later(connection);
    }

    /** The calling thread begins to read from this many connections, each of which has something. */
    void begin(int ready) {
        synchronized (lock) {
            reader = Thread.currentThread();
            crowded = ready >= CROWD;
            workedNanos = crowded ? nanoTime.getAsLong() : 0;
        }
    }

    /** The calling thread turns to the next of these connections, whatever that one asks for. */
    void next() {
        Queue<Runnable> due;
        synchronized (lock) {
            reader = Thread.currentThread();
            if (answers.isEmpty() || nanoTime.getAsLong() - sinceNanos < LONGEST_NANOS) {
                return;
            }
            due = takeAnswers();
        }
        write(due);
    }

    /** Takes an answer to write it soon; answers false where it is to be written at once. */
    boolean add(Runnable answer) {
        boolean first;
        @Nullable Queue<Runnable> full = null;
        synchronized (lock) {
            if (!crowded || reader != Thread.currentThread() || !isWorthKeeping()) {
                return false;
            }
            if (answers.isEmpty()) {
                sinceNanos = workedNanos;
            }
            answers.add(answer);
            if (answers.size() == MOST_ANSWERS || workedNanos - sinceNanos >= LONGEST_NANOS) {
                full = takeAnswers();
            }
            first = !endIsAsked;
            endIsAsked = true;
        }
        if (first) {
            endWhenAllIsRead.run();
        }
        if (full != null) {
            write(full);
        }
        return true;
    }

    private boolean isWorthKeeping() {
        long beforeNanos = workedNanos;
        workedNanos = nanoTime.getAsLong();
        return workedNanos - beforeNanos >= WORTH_NANOS;
    }

    /** All has been read: writes what is left, and lets the connections go on. Until the next beginning nothing waits. */
    void end() {
        Queue<Runnable> left;
        synchronized (lock) {
            reader = Thread.currentThread();
            crowded = false;
            endIsAsked = false;
            left = takeAnswers();
        }
        write(left);
        for (Runnable connection = nextGoing(); connection != null; connection = nextGoing()) {
            run(connection);
        }
    }

    private Queue<Runnable> takeAnswers() {
        Queue<Runnable> taken = answers;
        answers = new ArrayDeque<>(MOST_ANSWERS);
        return taken;
    }

    private void write(Queue<Runnable> burst) {
        if (burst.isEmpty()) {
            return;
        }
        WRITTEN.set(this);
        try {
            burst.forEach(Burst::run);
        } finally {
            WRITTEN.remove();
        }
    }

    /** What fails must not keep the others from going out, nor the thread from reading. */
    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("a connection failed", e);
        }
    }

    private boolean later(Runnable connection) {
        synchronized (lock) {
            // Who has lost his place would leave it to somebody who may be waiting for connections already.
            return reader == Thread.currentThread() && going.add(connection);
        }
    }

    private @Nullable Runnable nextGoing() {
        synchronized (lock) {
            return going.poll();
        }
    }
}
