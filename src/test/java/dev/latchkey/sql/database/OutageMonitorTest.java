package dev.latchkey.sql.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sql.database.Diagnosis.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageMonitorTest {
    private final AtomicLong nanoTime = new AtomicLong(1);
    private final List<String> told = new ArrayList<>();
    private final OutageMonitor monitor = new OutageMonitor("s.db", nanoTime::get);

    private void listen() {
        monitor.listen(new OutageListener() {
            @Override
            public void began(String reason) {
                told.add("began: " + reason);
            }

            @Override
            public void ended(String store) {
                told.add("ended: " + store);
            }
        });
    }

    private void advance(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    @Test
    void failures_withSuccessesBetween_areOneOutage() {
        listen();

        for (int i = 0; i < 16; i++) {
            assertThat(monitor.failed(Effect.ALL, "reason " + i)).isTrue();
            monitor.read();
            advance(Duration.ofMillis(1_999));
            monitor.wrote();
        }
        advance(Duration.ofMillis(1));
        monitor.read();
        monitor.read();

        assertThat(told).containsExactly("began: reason 0", "ended: s.db");
    }

    @Test
    void failureToWrite_endsWithAWrite_notWithARead() {
        listen();
        assertThat(monitor.failed(Effect.WRITING, "full")).isTrue();
        advance(Duration.ofSeconds(5));

        monitor.read();
        assertThat(told).containsExactly("began: full");
        monitor.wrote();

        assertThat(told).containsExactly("began: full", "ended: s.db");
    }

    @Test
    void failureToWrite_thatBecomesOneToRead_isToldAnew_andNotTheOtherWayAround() {
        listen();

        monitor.failed(Effect.WRITING, "full");
        monitor.failed(Effect.ALL, "away");
        assertThat(monitor.failed(Effect.WRITING, "full")).isTrue();

        assertThat(told).containsExactly("began: full", "began: away");
    }

    @Test
    void singleStatementThatFails_isNoOutage() {
        listen();

        assertThat(monitor.failed(Effect.STATEMENT, "odd")).isFalse();

        assertThat(told).isEmpty();
    }

    @Test
    void failure_beforeThereIsAListener_isNotTold() {
        assertThat(monitor.failed(Effect.ALL, "away")).isFalse();
        listen();

        monitor.read();

        assertThat(told).isEmpty();
    }
}
