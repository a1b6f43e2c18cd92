package dev.latchkey.metrics;

import dev.latchkey.http.exchange.Answer.Header;
import dev.latchkey.http.exchange.Document;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was counted, one text at a time and each for more than one scrape: a text serves for a second, a large one
 * for longer. However often and by however many it is asked for, and however slowly they read, the work and the memory
 * are bounded: as answers must be read within 30 s, texts of some 4 MiB are held at most. Thread-safe.
 */
final class Exposition {
    private static final long BYTES_PER_SECOND = 64 * 1024;
    private static final Header NO_STORE = new Header("Cache-Control", "no-store");
    private static final Header VARY = new Header("Vary", "Accept");

    private final PrometheusRegistry registry;
    private final Runnable beforeFirst;
    private final LongSupplier nanoTime;
    private boolean begun;
    private final Map<TextFormat, Written> written = new EnumMap<>(TextFormat.class);

    private record Written(Document document, long untilNanos) {}

    /** @param beforeFirst registers what a start need not load */
    Exposition(PrometheusRegistry registry, Runnable beforeFirst, LongSupplier nanoTime) {
        this.registry = registry;
        this.beforeFirst = beforeFirst;
        this.nanoTime = nanoTime;
    }

    synchronized Document document(TextFormat format) {
        long now = nanoTime.getAsLong();
        @Nullable Written last = written.get(format);
        if (last != null && now - last.untilNanos() < 0) {
            return last.document();
        }
        if (!begun) {
            begun = true;
            beforeFirst.run();
        }
        byte[] text = format.write(registry.scrape());
        Document document = Document.of(200, format.contentType(), text, NO_STORE, VARY);
        long seconds = 1 + text.length / BYTES_PER_SECOND;
        written.put(format, new Written(document, now + TimeUnit.SECONDS.toNanos(seconds)));
        return document;
    }
}
