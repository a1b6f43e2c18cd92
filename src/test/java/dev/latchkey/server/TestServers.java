package dev.latchkey.server;

import dev.latchkey.config.ServeSettings;
import dev.latchkey.harness.QuickHasher;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Servers as tests want them. */
public final class TestServers {
    private TestServers() {}

    /**
     * A server that writes down what was used after {@code flushEvery} and when it stops, and that hashes passwords {@link
     * QuickHasher quickly}.
     */
    public static LatchkeyServer start(ServeSettings settings, Clock clock, PrintStream notices, Duration flushEvery) {
        return start(settings, clock, notices, flushEvery, Listeners.NONE);
    }

    static LatchkeyServer start(
            ServeSettings settings, Clock clock, PrintStream notices, Duration flushEvery, Listeners told) {
        return LatchkeyServer.start(
                settings,
                clock,
                notices,
                () -> {},
                new Housekeeping.Schedule(flushEvery, Duration.ZERO, Duration.ofHours(1), Duration.ofSeconds(2)),
                new QuickHasher(),
                ServiceExtension.NONE,
                new Embedding(null, null, true, true, Duration.ofSeconds(10), true, told, UnaryOperator.identity()));
    }

    /** What stands on a store that is there, with passwords hashed {@link QuickHasher quickly}. */
    public static Services services(String db, Clock clock) {
        return Services.open(db, false, clock, new QuickHasher());
    }

    /** Lets a server do at once what it does every two seconds: look what others have changed. */
    public static void keepUp(LatchkeyServer server) {
        server.keepUp();
    }
}
