package dev.latchkey.metrics;

import dev.latchkey.http.exchange.Document;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.http.exchange.HttpListener;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** The metrics of one service: what it did, what its store holds, and how its JVM fares. Thread-safe. */
public final class Metrics implements DocumentEndpoint {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final RequestMetrics requests = new RequestMetrics(registry);
    private final StoreMetrics stored;
    private final Exposition exposition;

    /** Those of a service of this version. */
    public Metrics(String version, StoreSource store) {
        this(version, store, Metrics::start, System::nanoTime);
    }

    /** @param executor starts what may take long */
    Metrics(String version, StoreSource store, Executor executor, LongSupplier nanoTime) {
        stored = new StoreMetrics(registry, store, executor, nanoTime);
        exposition = new Exposition(registry, this::registerJvm, nanoTime);
        Info.builder()
                .name("latchkey_build_info")
                .help("The version of this service.")
                .labelNames("version")
                .register(registry)
                .addLabelValues(version);
    }

    /** Each by itself: all at once would also have every collection of the JVM tell a listener that is never removed. */
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
                ? CompletableFuture.completedFuture(exposition.document(format))
                : refreshed.thenApplyAsync(done -> exposition.document(format));
    }
}
