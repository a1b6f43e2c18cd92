package dev.latchkey.metrics;

import dev.latchkey.accesskey.statistics.KeyStatisticsStore;
import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.Document;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.http.exchange.HttpListener;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.sql.database.OutageListener;
import dev.latchkey.token.TokenListener;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one service: what it did, what its store holds, and how its JVM fares. They are written one text at a
 * time, and each for more than one scrape: a text serves for a second, a large one for longer. However often and by however
 * many it is asked for, and however slowly they read, work and memory are bounded: as answers must be read within 30 s,
 * texts of some 4 MiB are held at most. Thread-safe.
 */
public final class Metrics implements DocumentEndpoint {
    private static final long BYTES_PER_SECOND = 64 * 1024;
    private static final Header NO_STORE = new Header("Cache-Control", "no-store");
    private static final Header VARY = new Header("Vary", "Accept");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final RequestMetrics requests = new RequestMetrics(registry);
    private final StoreMetrics stored;
    private final LongSupplier nanoTime;
    private final Map<TextFormat, Written> written = new EnumMap<>(TextFormat.class);
    private boolean jvmRegistered;

    private record Written(Document document, long untilNanos) {}

    /**
     * What is asked about a store. None of it need answer soon.
     *
     * @param readable whether it can be read now
     * @param signingKeys all of them
     */
    public record StoreSource(
            BooleanSupplier readable, KeyStatisticsStore keys, Supplier<List<SigningKey>> signingKeys, Clock clock) {}

    /** Those of a service of this version. */
    public Metrics(String version, StoreSource store) {
        this(version, store, Metrics::start, System::nanoTime);
    }

    /** @param executor starts what may take long */
    Metrics(String version, StoreSource store, Executor executor, LongSupplier nanoTime) {
        stored = new StoreMetrics(registry, store, executor, nanoTime);
        this.nanoTime = nanoTime;
        Info.builder()
                .name("latchkey_build_info")
                .help("The version of this service.")
                .labelNames("version")
                .register(registry)
                .addLabelValues(version);
    }

    /**
     * Each by itself: all at once would also have every collection of the JVM tell a listener that is never removed. Done at
     * the first scrape: a start need not load it.
     */
    private void registerJvm() {
        JvmBufferPoolMetrics.builder().register(registry);
        JvmClassLoadingMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmRuntimeInfoMetric.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "latchkey-metrics");
        thread.setDaemon(true);
        thread.start();
    }

    /** Is to be told of requests about tokens. */
    public TokenListener tokens() {
        return requests;
    }

    /** Is to be told of all requests. */
    public HttpListener http() {
        return requests;
    }

    /** Is to be told of outages of the store. */
    public OutageListener store() {
        return stored;
    }

    @Override
    public CompletableFuture<Document> document(String path) {
        return document(path, List.of());
    }

    @Override
    public CompletableFuture<Document> document(String path, List<String> accept) {
        CompletableFuture<Void> refreshed = stored.refreshed();
        TextFormat format = TextFormat.preferred(accept);
        return refreshed.isDone()
                ? CompletableFuture.completedFuture(written(format))
                : refreshed.thenApplyAsync(done -> written(format));
    }

    private synchronized Document written(TextFormat format) {
        long now = nanoTime.getAsLong();
        @Nullable Written last = written.get(format);
        if (last != null && now - last.untilNanos() < 0) {
            return last.document();
        }
        if (!jvmRegistered) {
            jvmRegistered = true;
            registerJvm();
        }
        byte[] text = format.write(registry.scrape());
        Document document = Document.of(200, format.contentType(), text, NO_STORE, VARY);
        long seconds = 1 + text.length / BYTES_PER_SECOND;
        written.put(format, new Written(document, now + TimeUnit.SECONDS.toNanos(seconds)));
        return document;
    }
}
