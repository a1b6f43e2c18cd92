package dev.latchkey.testing;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * When a server runs: from the first class or test that holds it until the last one has released it, or, when it is
 * shared, from then on until the whole run ends. Thread-safe.
 */
final class Lifecycle {
    private static final Namespace NAMESPACE = Namespace.create(LatchkeyExtension.class);

    private final ServerSettings settings;
    private final boolean shared;

    /** The unique ids of the classes and tests that hold the server. */
    private final Set<String> holders = new HashSet<>();

    private volatile @Nullable TestServer server;

    Lifecycle(ServerSettings settings, boolean shared) {
        this.settings = settings;
        this.shared = shared;
    }

    /** The running server. */
    TestServer server() {
        TestServer running = server;
        if (running == null) {
            throw new IllegalStateException(
                    "The server does not run: it does while the class (static field) or the test"
                            + " (instance field) runs that this LatchkeyExtension is registered in by @RegisterExtension.");
        }
        return running;
    }

    /** Starts the server, unless it runs, and keeps it until {@link #release}; answers whether it was started. */
    synchronized boolean hold(ExtensionContext context) {
        if (shared) {
            server = sharedBy(context);
            return false;
        }
        holders.add(context.getUniqueId());
        if (server != null) {
            return false;
        }
        server = TestServer.start(settings);
        return true;
    }

    /** The same before a test, which begins with everything as it was at the start. */
    synchronized void begin(ExtensionContext context) {
        boolean started = hold(context);
        boolean alone =
                holders.stream().allMatch(holder -> context.getUniqueId().startsWith(holder));
        if (!shared && !started && alone && context.getExecutionMode() == ExecutionMode.SAME_THREAD) {
            server().reset();
        }
    }

    /** Stops the server if none other holds it. Does nothing where this one does not. */
    synchronized void release(ExtensionContext context) {
        TestServer running = server;
        if (holders.remove(context.getUniqueId()) && holders.isEmpty() && running != null) {
            server = null;
            running.close();
        }
    }

    /** JUnit closes what is in the store of the root context when the run ends. */
    private TestServer sharedBy(ExtensionContext context) {
        return stored(context.getRoot().getStore(NAMESPACE)).server();
    }

    @SuppressWarnings("deprecation") // Its successor is not there in JUnit 5.
    private SharedServer stored(ExtensionContext.Store store) {
        return Objects.requireNonNull(store.getOrComputeIfAbsent(
                SharedServer.class, key -> new SharedServer(TestServer.start(settings)), SharedServer.class));
    }

    @Override
    public String toString() {
        TestServer running = server;
        return running == null ? "not running" : running.toString();
    }

    /** JUnit 5 closes the one kind of resource, and JUnit 5.13 and later the other. */
    @SuppressWarnings("deprecation")
    private record SharedServer(TestServer server) implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }
}
