import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What clients saw while something was broken. Thread-safe. */
final class FaultCounts {
    /** The keys whose making was answered, and those whose end was, too. */
    final ConcurrentLinkedQueue<String> created = new ConcurrentLinkedQueue<>();

    final ConcurrentLinkedQueue<String> disabled = new ConcurrentLinkedQueue<>();

    private final AtomicLong issued = new AtomicLong();
    private final AtomicLong unavailable = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong unavailableChanges = new AtomicLong();
    private final Map<String, AtomicInteger> others = new ConcurrentHashMap<>();
    private final AtomicLong markedAt = new AtomicLong();
    private final AtomicLong firstAfterMark = new AtomicLong();
    private final AtomicLong lastIssuedAt = new AtomicLong(System.nanoTime());
    private final AtomicLong longestGap = new AtomicLong();

    /** What was broken is mended. */
    void mark() {
        firstAfterMark.set(0);
        markedAt.set(System.nanoTime());
    }

    void issued() {
        issued.incrementAndGet();
        long now = System.nanoTime();
        longestGap.accumulateAndGet(now - lastIssuedAt.getAndSet(now), Math::max);
        if (markedAt.get() != 0) {
            firstAfterMark.compareAndSet(0, now);
        }
    }

    void unavailable() {
        unavailable.incrementAndGet();
    }

    void unavailableChange() {
        unavailableChanges.incrementAndGet();
    }

    void broken() {
        broken.incrementAndGet();
    }

    /** A disabled key got a token. */
    void stale() {
        stale.incrementAndGet();
    }

    void other(String what, HttpResponse<String> answer) {
        String kind = what + " " + answer.statusCode();
        if (others.computeIfAbsent(kind, unused -> new AtomicInteger()).incrementAndGet() == 1) {
            System.err.println(kind + ": " + answer.body());
        }
    }

    String summary(int lost) {
        int other = others.values().stream().mapToInt(AtomicInteger::get).sum();
        String first = firstAfterMark.get() == 0
                ? ""
                : String.format(Locale.ROOT, ", first token %.2f s after", (firstAfterMark.get() - markedAt.get()) / 1e9);
        return String.format(
                Locale.ROOT,
                "200: %d, 503: %d, other: %d, no answer: %d, longest without a token %.2f s%s; changes answered: %d, 503: %d,"
                        + " lost: %d, tokens of disabled keys: %d",
                issued.get(),
                unavailable.get(),
                other,
                broken.get(),
                longestGap.get() / 1e9,
                first,
                created.size() + disabled.size(),
                unavailableChanges.get(),
                lost,
                stale.get());
    }
}
