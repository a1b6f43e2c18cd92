package dev.latchkey.dev.requests;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The last requests that the stand-in answered, and those who wait for more of them. Thread-safe. */
public final class RequestLog {
    /** The oldest are dropped beyond so many. */
    private static final int MOST = 10_000;

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private final List<Waiter> waiters = new ArrayList<>();

    /**
     * Which requests are wanted.
     *
     * @param on a kind of endpoint; null = any
     * @param keyId null = any
     * @param since those at this moment or later; null = any
     */
    public record Filter(
            @Nullable String on,
            @Nullable String keyId,
            @Nullable Instant since) implements Predicate<RecordedRequest> {
        @Override
        public boolean test(RecordedRequest request) {
            return (on == null || on.equals(request.on()))
                    && (keyId == null || keyId.equals(request.keyId()))
                    && (since == null || !request.at().isBefore(since));
        }
    }

    private record Waiter(Filter filter, int atLeast, CompletableFuture<List<RecordedRequest>> future) {}

    /** Adds a request that was answered. */
    public void add(RecordedRequest request) {
        List<Runnable> done = new ArrayList<>();
        synchronized (this) {
            if (requests.size() == MOST) {
                requests.removeFirst();
            }
            requests.addLast(request);
            waiters.removeIf(waiter -> {
                if (waiter.future().isDone()) {
                    return true;
                }
                List<RecordedRequest> wanted = waiter.filter().test(request) ? find(waiter.filter()) : List.of();
                boolean enough = wanted.size() >= waiter.atLeast();
                if (enough) {
                    done.add(() -> waiter.future().complete(wanted));
                }
                return enough;
            });
        }
        done.forEach(Runnable::run);
    }

    /** Those that are wanted, oldest first. */
    public synchronized List<RecordedRequest> find(Filter filter) {
        return requests.stream()
                .filter(filter)
                .sorted(Comparator.comparing(RecordedRequest::at))
                .toList();
    }

    /** Those that are wanted as soon as there are so many, or those that there are after a while of real time. */
    public CompletableFuture<List<RecordedRequest>> await(Filter filter, int atLeast, Duration wait) {
        Waiter waiter = new Waiter(filter, atLeast, new CompletableFuture<>());
        synchronized (this) {
            List<RecordedRequest> present = find(filter);
            if (present.size() >= atLeast || wait.isZero()) {
                return CompletableFuture.completedFuture(present);
            }
            waiters.removeIf(earlier -> earlier.future().isDone());
            waiters.add(waiter);
        }
        return waiter.future().orTimeout(wait.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> find(filter));
    }

    /** Forgets all requests; those who wait go on. */
    public synchronized void clear() {
        requests.clear();
    }

    /** Lets those go who wait, with what there is. */
    public void release() {
        List<Waiter> waiting;
        synchronized (this) {
            waiting = List.copyOf(waiters);
            waiters.clear();
        }
        waiting.forEach(waiter -> waiter.future().complete(find(waiter.filter())));
    }
}
