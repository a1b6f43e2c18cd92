package dev.latchkey.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.accesskey.statistics.KeyStatistics;
import dev.latchkey.accesskey.statistics.KeyStatistics.ExpiringKey;
import dev.latchkey.accesskey.statistics.KeyStatistics.ReplacedSecret;
import dev.latchkey.harness.MutableClock;
import dev.latchkey.http.exchange.Document;
import dev.latchkey.http.exchange.HttpListener.Shed;
import dev.latchkey.metrics.Metrics.StoreSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final KeyStatistics KEYS = new KeyStatistics(
            3,
            2,
            1,
            List.of(new ExpiringKey("soon", NOW.plusSeconds(60)), new ExpiringKey("later", NOW.plusSeconds(120))),
            List.of(new ReplacedSecret("used", NOW.minusSeconds(5)), new ReplacedSecret("unused", null)));

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger counted = new AtomicInteger();
    private final List<Runnable> looks = new ArrayList<>();
    private boolean readable = true;
    private boolean hangs;
    private Duration countTakes = Duration.ZERO;
    private final Metrics metrics = new Metrics(
            "1.2.3",
            new StoreSource(() -> readable, this::count, List::of, new MutableClock(NOW)),
            work -> {
                if (hangs) {
                    looks.add(work);
                } else {
                    work.run();
                }
            },
            nanos::get);

    private KeyStatistics count(Instant now, Instant expiringBefore, int most) {
        assertThat(expiringBefore).isEqualTo(now.plus(Duration.ofDays(30)));
        nanos.addAndGet(countTakes.toNanos());
        counted.incrementAndGet();
        return KEYS;
    }

    @Test
    void everyCount_isThereBeforeItRises() {
        assertThat(scrape())
                .contains(
                        "latchkey_build_info{version=\"1.2.3\"} 1",
                        "latchkey_token_requests_total{outcome=\"issued\"} 0.0",
                        "latchkey_token_requests_total{outcome=\"invalid_client\"} 0.0",
                        "latchkey_token_request_seconds_count 0",
                        "latchkey_introspections_total{active=\"false\"} 0.0",
                        "latchkey_verifications_total{outcome=\"passed\"} 0.0",
                        "latchkey_requests_shed_total{reason=\"queue_full\"} 0.0");
    }

    @Test
    void whatIsTold_isCounted() {
        metrics.tokens().tokenRequested("issued", Duration.ofMillis(3).toNanos());
        metrics.tokens().tokenRequested("invalid_scope", Duration.ofSeconds(11).toNanos());
        metrics.tokens().introspected(true);
        metrics.tokens().verified("insufficient_scope");
        metrics.http().answered("/api/keys/{id}", 404, 1);
        metrics.http().answered("/api/keys/{id}", 404, 1);
        metrics.http().shed(Shed.CONNECTIONS);

        assertThat(scrape())
                .contains(
                        "latchkey_token_requests_total{outcome=\"issued\"} 1.0",
                        "latchkey_token_requests_total{outcome=\"invalid_scope\"} 1.0",
                        "latchkey_token_request_seconds_bucket{le=\"0.002\"} 0",
                        "latchkey_token_request_seconds_bucket{le=\"0.005\"} 1",
                        "latchkey_token_request_seconds_bucket{le=\"10.0\"} 1",
                        "latchkey_token_request_seconds_bucket{le=\"+Inf\"} 2",
                        "latchkey_token_request_seconds_sum 11.003",
                        "latchkey_introspections_total{active=\"true\"} 1.0",
                        "latchkey_verifications_total{outcome=\"insufficient_scope\"} 1.0",
                        "latchkey_http_requests_total{route=\"/api/keys/{id}\",status=\"404\"} 2.0",
                        "latchkey_requests_shed_total{reason=\"connections\"} 1.0");
    }

    @Test
    void theJvm_tellsOfItself() {
        assertThat(scrape())
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"} "))
                .anyMatch(line -> line.startsWith("jvm_gc_collection_seconds_count{gc="))
                .anyMatch(line -> line.startsWith("jvm_threads_current "))
                .anyMatch(line -> line.startsWith("process_cpu_seconds_total "));
    }

    @Test
    void text_servesForOneSecond_inEachFormat() {
        Document first = document("text/plain");
        Document openMetrics = document("application/openmetrics-text");
        metrics.tokens().introspected(true);

        nanos.addAndGet(Duration.ofSeconds(1).toNanos() - 1);
        assertThat(document("text/plain")).isSameAs(first);
        assertThat(document("application/openmetrics-text")).isSameAs(openMetrics);

        nanos.addAndGet(1);
        assertThat(document("text/plain")).isNotSameAs(first);
        assertThat(text(openMetrics))
                .endsWith("# EOF\n")
                .contains("latchkey_introspections_total{active=\"true\"} 0.0");
        assertThat(text(document("application/openmetrics-text")))
                .contains("latchkey_introspections_total{active=\"true\"} 1.0");
    }

    @Test
    void document_saysWhatItIs_andIsNotToBeStored() {
        assertThat(document("*/*").contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(document("application/openmetrics-text").contentType())
                .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(document("*/*").headers())
                .extracting(header -> header.name() + ": " + header.value())
                .containsExactly("Cache-Control: no-store", "Vary: Accept");
    }

    @Test
    void theStore_isCounted() {
        assertThat(scrape())
                .contains(
                        "latchkey_store_up 1.0",
                        "latchkey_keys{state=\"active\"} 3.0",
                        "latchkey_keys{state=\"disabled\"} 2.0",
                        "latchkey_keys{state=\"expired\"} 1.0",
                        "latchkey_key_expiry_timestamp_seconds{key_id=\"soon\"} " + seconds(NOW.plusSeconds(60)),
                        "latchkey_secret_old_last_used_timestamp_seconds{key_id=\"used\"} "
                                + seconds(NOW.minusSeconds(5)),
                        "latchkey_secret_old_last_used_timestamp_seconds{key_id=\"unused\"} 0.0");
    }

    @Test
    void theStore_isLookedAtEveryTenSecondsAtMost_howeverOftenItIsAsked() {
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofMillis(99));
            scrape();
        }
        assertThat(counted).hasValue(1);

        pass(Duration.ofSeconds(1));
        scrape();
        assertThat(counted).hasValue(2);
    }

    @Test
    void aCountThatTakesLong_isRepeatedTheLessOften() {
        countTakes = Duration.ofSeconds(2);
        scrape();

        pass(Duration.ofSeconds(199));
        scrape();
        assertThat(counted).hasValue(1);

        pass(Duration.ofSeconds(10));
        scrape();
        assertThat(counted).hasValue(2);
    }

    @Test
    void aStoreThatIsAway_isSeenAtOnce_andWhatWasReadLastStays() {
        scrape();
        readable = false;
        metrics.store().began("gone");
        pass(Duration.ofSeconds(1));

        assertThat(scrape()).contains("latchkey_store_up 0.0", "latchkey_keys{state=\"active\"} 3.0");

        readable = true;
        metrics.store().ended("s.db");
        pass(Duration.ofSeconds(1));
        assertThat(scrape()).contains("latchkey_store_up 1.0");
    }

    @Test
    void aStoreThatHangs_isWaitedForAMoment_byFewThreads() {
        scrape();
        hangs = true;
        pass(Duration.ofSeconds(10));

        CompletableFuture<Document> waiting = metrics.document("/metrics", List.of());
        assertThat(waiting).isNotDone();
        pass(Duration.ofSeconds(1));

        // It waits in real time, and by then the other clock has told it that the store takes too long.
        assertThat(text(waiting.join())).contains("latchkey_store_up 0.0");
        assertThat(scrape()).contains("latchkey_store_up 0.0", "latchkey_keys{state=\"active\"} 3.0");
        assertThat(looks).hasSize(1);

        looks.get(0).run();
        pass(Duration.ofSeconds(1));
        assertThat(scrape()).contains("latchkey_store_up 1.0");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static String seconds(Instant time) {
        return String.valueOf((double) time.getEpochSecond());
    }

    private List<String> scrape() {
        return text(document("*/*")).lines().toList();
    }

    private Document document(String accept) {
        return metrics.document("/metrics", List.of(accept)).join();
    }

    private static String text(Document document) {
        return new String(document.body(false), StandardCharsets.UTF_8);
    }
}
