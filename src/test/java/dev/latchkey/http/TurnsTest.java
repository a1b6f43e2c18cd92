package dev.latchkey.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int BOUND_SECONDS = 20;

    private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("turns", true);

    /** What has its turn and has not been run yet. */
    private final Queue<Runnable> begun = new ArrayDeque<>();

    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        scheduler.start();
    }

    @AfterEach
    void stop() throws Exception {
        scheduler.stop();
    }

    private final class Named implements Turns.Work {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void begin() {
            told.add(name + " begins");
        }

        @Override
        public void turnAway() {
            told.add(name + " is turned away");
        }
    }

    private Turns turns(int atOnce, int maxInLine) {
        return new Turns(atOnce, maxInLine, LONG, begun::add, scheduler);
    }

    private void runBegun() {
        for (Runnable next = begun.poll(); next != null; next = begun.poll()) {
            next.run();
        }
    }

    @Test
    void take_soManyAtOnce_andAgainAfterTheEnd() {
        Turns turns = turns(2, 1);

        assertThat(turns.take()).isTrue();
        assertThat(turns.take()).isTrue();
        assertThat(turns.take()).isFalse();
        turns.end();
        assertThat(turns.take()).isTrue();
    }

    @Test
    void queue_firstComeFirstServed_oneTurnEach() {
        Turns turns = turns(1, 2);
        turns.take();
        assertThat(turns.queue(new Named("first"))).isTrue();
        assertThat(turns.queue(new Named("second"))).isTrue();

        turns.end();
        assertThat(begun).hasSize(1);
        runBegun();

        assertThat(told).containsExactly("first begins", "second begins");
        assertThat(turns.take()).isTrue();
        assertThat(turns.take()).isFalse();
    }

    @Test
    void queue_aFullLine_isRefused_untilItMoves() {
        Turns turns = turns(1, 1);
        turns.take();
        turns.queue(new Named("first"));

        assertThat(turns.queue(new Named("second"))).isFalse();
        turns.end();
        assertThat(turns.queue(new Named("third"))).isTrue();
        runBegun();

        assertThat(told).containsExactly("first begins", "third begins");
    }

    @Test
    void queue_whenATurnIsFree_beginsAtOnce() {
        turns(1, 1).queue(new Named("only"));
        runBegun();

        assertThat(told).containsExactly("only begins");
    }

    @Test
    void queue_tooLong_isTurnedAway_andTakesNoTurn() throws Exception {
        Turns impatient = new Turns(1, 1, Duration.ZERO, begun::add, scheduler);
        impatient.take();
        CountDownLatch away = new CountDownLatch(1);
        impatient.queue(new Turns.Work() {
            @Override
            public void begin() {
                throw new AssertionError("its turn came");
            }

            @Override
            public void turnAway() {
                away.countDown();
            }
        });

        impatient.start();
        assertThat(away.await(BOUND_SECONDS, SECONDS)).isTrue();
        impatient.stop();
        impatient.end();

        assertThat(begun).isEmpty();
        assertThat(impatient.take()).isTrue();
    }
}
