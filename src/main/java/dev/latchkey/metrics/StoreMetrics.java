package dev.latchkey.metrics;

import dev.latchkey.accesskey.statistics.KeyStatistics;
import dev.latchkey.accesskey.statistics.KeyStatistics.ExpiringKey;
import dev.latchkey.accesskey.statistics.KeyStatistics.ReplacedSecret;
import dev.latchkey.log.LogEvent;
import dev.latchkey.metrics.Metrics.StoreSource;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.sql.database.OutageListener;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store holds. It is looked at when a scraper asks, every ten seconds at most, by a thread of its own that a
 * scrape waits for only a moment; counting the keys takes a hundredth of that thread's time at most, so that it is done
 * the less often the more keys there are. While the store is away, all but {@code latchkey_store_up} stay as they were
 * read last. Thread-safe.
 */
final class StoreMetrics implements OutageListener {
    /** How many keys have series of their own, of each kind. */
    static final int MOST_SERIES = 1_000;

    /** A store that takes longer is taken for one that is away, and is not waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final Duration EXPIRING = Duration.ofDays(30);
    private static final int PARTS_OF_TIME = 100;
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.metrics");

    private final StoreSource store;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private volatile @Nullable Read last;
    private volatile boolean up = true;

    /** Guarded by this. */
    private CompletableFuture<Void> look = CompletableFuture.completedFuture(null);

    private boolean looking;
    private boolean lookAtOnce = true;
    private long lookedNanos;

    /** Of the thread that looks, of which there is one at a time. */
    private long countAgainNanos;

    private record Read(KeyStatistics keys, Map<SigningKey.State, Instant> signingKeys) {}

    /** @param executor starts what may take long */
    StoreMetrics(PrometheusRegistry registry, StoreSource store, Executor executor, LongSupplier nanoTime) {
        this.store = store;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.countAgainNanos = nanoTime.getAsLong();
        gauge("latchkey_store_up", "Whether the store can be read: 1, or 0.")
                .callback(gauge -> gauge.call(isUp() ? 1 : 0))
                .register(registry);
        register(
                registry,
                "latchkey_keys",
                "Access keys, by state: active, disabled, expired.",
                "state",
                (read, gauge) -> {
                    gauge.call((double) read.keys().active(), "active");
                    gauge.call((double) read.keys().disabled(), "disabled");
                    gauge.call((double) read.keys().expired(), "expired");
                });
        register(
                registry,
                "latchkey_key_expiry_timestamp_seconds",
                "When an active key expires, of those that do within 30 days; the first 1000.",
                "key_id",
                (read, gauge) -> expiring(read).forEach((id, at) -> gauge.call(at, id)));
        register(
                registry,
                "latchkey_secret_old_last_used_timestamp_seconds",
                "When the older of a key's two secrets was last used, 0 = never; the first 1000 to end.",
                "key_id",
                (read, gauge) -> replaced(read).forEach((id, at) -> gauge.call(at, id)));
        register(
                registry,
                "latchkey_signing_key_created_timestamp_seconds",
                "When the signing key of a state was made; of retired ones the last.",
                "state",
                (read, gauge) -> read.signingKeys()
                        .forEach((state, at) -> gauge.call((double) at.getEpochSecond(), state.publicName())));
    }

    private static GaugeWithCallback.Builder gauge(String name, String help) {
        return GaugeWithCallback.builder().name(name).help(help);
    }

    private void register(
            PrometheusRegistry registry,
            String name,
            String help,
            String label,
            BiConsumer<Read, GaugeWithCallback.Callback> values) {
        gauge(name, help)
                .labelNames(label)
                .callback(gauge -> {
                    Read read = last;
                    if (read != null) {
                        values.accept(read, gauge);
                    }
                })
                .register(registry);
    }

    private static Map<String, Double> expiring(Read read) {
        Map<String, Double> byId = new LinkedHashMap<>();
        for (ExpiringKey key : read.keys().expiring()) {
            byId.putIfAbsent(key.keyId(), (double) key.expiresAt().getEpochSecond());
        }
        return byId;
    }

    private static Map<String, Double> replaced(Read read) {
        Map<String, Double> byId = new LinkedHashMap<>();
        for (ReplacedSecret secret : read.keys().replaced()) {
            Instant used = secret.lastUsedAt();
            byId.putIfAbsent(secret.keyId(), used == null ? 0.0 : (double) used.getEpochSecond());
        }
        return byId;
    }

    /** Looks at the store if that is due; completes when it was looked at, or when the patience is over. */
    synchronized CompletableFuture<Void> refreshed() {
        long now = nanoTime.getAsLong();
        if (!looking && (lookAtOnce || now - lookedNanos >= LOOK_AGAIN.toNanos())) {
            looking = true;
            lookAtOnce = false;
            lookedNanos = now;
            CompletableFuture<Void> done = new CompletableFuture<>();
            look = done;
            executor.execute(() -> look(done));
            var unused = done.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
        return look;
    }

    private synchronized boolean isUp() {
        boolean overdue = looking && nanoTime.getAsLong() - lookedNanos >= PATIENCE.toNanos();
        return up && !overdue;
    }

    private void look(CompletableFuture<Void> done) {
        try {
            up = store.readable().getAsBoolean();
            if (up && nanoTime.getAsLong() - countAgainNanos >= 0) {
                count();
            }
        } catch (RuntimeException e) {
            LogEvent.TASK_FAILED.debug(LOG).setCause(e).log("The store could not be counted");
        } finally {
            synchronized (this) {
                looking = false;
            }
            done.complete(null);
        }
    }

    private void count() {
        long began = nanoTime.getAsLong();
        try {
            Instant now = store.clock().instant();
            KeyStatistics keys = store.keys().at(now, now.plus(EXPIRING), MOST_SERIES);
            last = new Read(keys, newest(store.signingKeys().get()));
        } finally {
            long ended = nanoTime.getAsLong();
            countAgainNanos = ended + (ended - began) * PARTS_OF_TIME;
        }
    }

    private static Map<SigningKey.State, Instant> newest(List<SigningKey> keys) {
        Map<SigningKey.State, Instant> newest = new EnumMap<>(SigningKey.State.class);
        for (SigningKey key : keys) {
            newest.merge(key.state(), key.createdAt(), (one, other) -> one.isAfter(other) ? one : other);
        }
        return newest;
    }

    @Override
    public void began(String reason) {
        lookAtOnce();
    }

    @Override
    public void ended(String shown) {
        lookAtOnce();
    }

    /** At the next scrape. */
    private synchronized void lookAtOnce() {
        lookAtOnce = true;
    }
}
