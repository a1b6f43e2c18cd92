package dev.latchkey.http.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.http.exchange.HttpListener.Shed;
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

class AdmissionControlTest {
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

    private final class Named implements AdmissionControl.Work {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public Runnable run() {
            told.add(name + " begins");
            return () -> told.add(name + " is answered");
        }

        @Override
        public void shed(Shed reason) {
            told.add(name + " is shed: " + reason.label());
        }
    }

    private AdmissionControl control(int places, int maxQueued) {
        return new AdmissionControl(places, maxQueued, 1, LONG, begun::add, scheduler);
    }

    private void runBegun() {
        for (Runnable next = begun.poll(); next != null; next = begun.poll()) {
            next.run();
        }
    }

    @Test
    void submit_soMuchAtOnce_andMoreAfterTheEnd_firstComeFirstServed() {
        AdmissionControl control = control(2, 2);
        for (String name : List.of("a", "b", "c", "d")) {
            control.submit(new Named(name));
        }

        assertThat(begun).hasSize(2);
        runBegun();

        assertThat(told)
                .containsSubsequence("a begins", "b begins", "c begins", "d begins")
                .hasSize(8);
    }

    @Test
    void submit_aFullQueue_isShedAtOnce_untilItMoves() {
        AdmissionControl control = control(1, 1);
        control.submit(new Named("first"));
        control.submit(new Named("second"));

        control.submit(new Named("third"));
        assertThat(told).containsExactly("third is shed: queue_full");
        runBegun();
        control.submit(new Named("fourth"));
        runBegun();

        assertThat(told)
                .contains("first begins", "second begins", "fourth begins")
                .doesNotContain("third begins");
    }

    @Test
    void run_oneThread_worksOnSeveral_handsThePlaceOn_andWritesTheirAnswersTogether() {
        AdmissionControl control = new AdmissionControl(1, 4, 3, LONG, begun::add, scheduler);
        for (String name : List.of("a", "b", "c", "d")) {
            control.submit(new Named(name));
        }

        begun.remove().run();
        assertThat(told)
                .containsExactly("a begins", "b begins", "c begins", "a is answered", "b is answered", "c is answered");
        assertThat(begun).hasSize(1);

        runBegun();
        assertThat(told).endsWith("d begins", "d is answered");
    }

    @Test
    void run_anAnswerThatFails_holdsUpNoOther() {
        AdmissionControl control = new AdmissionControl(1, 4, 3, LONG, begun::add, scheduler);
        control.submit(new AdmissionControl.Work() {
            @Override
            public Runnable run() {
                return () -> {
                    throw new IllegalStateException("cannot be written");
                };
            }

            @Override
            public void shed(Shed reason) {
                throw new AssertionError("shed");
            }
        });
        control.submit(new Named("next"));

        Runnable first = begun.remove();
        assertThatThrownBy(first::run).hasMessage("cannot be written");

        assertThat(told).containsExactly("next begins", "next is answered");
    }

    @Test
    void run_givesThePlaceBack_beforeTheAnswerIsWritten() {
        AdmissionControl control = control(1, 1);
        List<Integer> begunWhenAnswered = new ArrayList<>();
        control.submit(new AdmissionControl.Work() {
            @Override
            public Runnable run() {
                return () -> begunWhenAnswered.add(begun.size());
            }

            @Override
            public void shed(Shed reason) {
                throw new AssertionError("shed");
            }
        });
        control.submit(new Named("next"));

        Runnable first = begun.remove();
        first.run();

        assertThat(begunWhenAnswered).containsExactly(1);
    }

    @Test
    void submit_tooLong_isShed_andTakesNoPlace() throws Exception {
        AdmissionControl impatient = new AdmissionControl(1, 2, 1, Duration.ZERO, begun::add, scheduler);
        impatient.submit(new Named("first"));
        CountDownLatch away = new CountDownLatch(1);
        impatient.submit(new AdmissionControl.Work() {
            @Override
            public Runnable run() {
                throw new AssertionError("its turn came");
            }

            @Override
            public void shed(Shed reason) {
                told.add(reason.label());
                away.countDown();
            }
        });

        impatient.start();
        assertThat(away.await(BOUND_SECONDS, SECONDS)).isTrue();
        impatient.stop();
        runBegun();
        impatient.submit(new Named("later"));
        runBegun();

        assertThat(told)
                .containsExactly(
                        "queued_too_long", "first begins", "first is answered", "later begins", "later is answered");
    }
}
