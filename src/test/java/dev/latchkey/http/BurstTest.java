package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BurstTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<String> asked = new ArrayList<>();
    private final Burst burst = new Burst(nanos::get, () -> asked.add("end"));
    private final List<String> written = new ArrayList<>();

    /** After as much work as is worth it; answers whether it is kept, or was written with those that were. */
    private boolean add(String answer) {
        nanos.addAndGet(Burst.WORTH_NANOS);
        return burst.add(() -> written.add(answer));
    }

    @Test
    void answersToACrowd_areWrittenInTheirOrder_whenThereAreEnough() {
        burst.begin(Burst.CROWD);
        for (int i = 1; i < Burst.MOST_ANSWERS; i++) {
            assertThat(add("" + i)).isTrue();
        }
        assertThat(written).isEmpty();

        assertThat(add("last")).isTrue();

        assertThat(written).hasSize(Burst.MOST_ANSWERS).startsWith("1", "2").endsWith("last");
        assertThat(add("of the next")).isTrue();
        assertThat(written).hasSize(Burst.MOST_ANSWERS);
    }

    @Test
    void whatIsLeft_isWritten_whenAllConnectionsAreRead() {
        burst.begin(Burst.CROWD);
        add("a");
        add("b");

        burst.end();

        assertThat(written).containsExactly("a", "b");
        burst.end();
        assertThat(written).containsExactly("a", "b");
    }

    @Test
    void noAnswerWaitsLongerThanIsSaid() {
        burst.begin(Burst.CROWD);
        add("first");

        nanos.addAndGet(Burst.LONGEST_NANOS - Burst.WORTH_NANOS);
        add("second");

        assertThat(written).containsExactly("first", "second");
    }

    /** Whatever is asked for on the connections that come next. */
    @Test
    void noAnswerWaitsLonger_whereNoneIsAddedToIt() {
        burst.begin(Burst.CROWD);
        add("first");

        nanos.addAndGet(Burst.LONGEST_NANOS - 1);
        burst.next();
        assertThat(written).isEmpty();
        nanos.incrementAndGet();
        burst.next();

        assertThat(written).containsExactly("first");
    }

    @Test
    void theEndIsAskedFor_onceForAllThatIsKept() {
        burst.begin(Burst.CROWD);
        assertThat(asked).isEmpty();
        for (int i = 0; i <= Burst.MOST_ANSWERS; i++) {
            add("" + i);
        }
        assertThat(asked).containsExactly("end");

        burst.end();
        burst.begin(Burst.CROWD);
        add("of the next");

        assertThat(asked).containsExactly("end", "end");
    }

    @Test
    void whoTakesTheReadersPlace_keepsAnswersToo() {
        burst.begin(Burst.CROWD);
        List<Boolean> kept = new ArrayList<>();

        onAnotherThread(() -> {
            burst.next();
            kept.add(add("a"));
        });

        assertThat(kept).containsExactly(true);
        assertThat(add("b")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Burst.CROWD - 1})
    void withoutACrowd_nothingWaits(int ready) {
        burst.begin(ready);

        assertThat(add("a")).isFalse();
    }

    @Test
    void betweenTheEndAndTheNextBeginning_nothingWaits() {
        burst.begin(Burst.CROWD);
        burst.end();

        assertThat(add("a")).isFalse();
    }

    @Test
    void whatWasQuicklyMade_doesNotWait_andDelaysNobody() {
        burst.begin(Burst.CROWD);
        add("costly");

        nanos.addAndGet(Burst.WORTH_NANOS - 1);
        assertThat(burst.add(() -> written.add("cheap"))).isFalse();
        assertThat(add("costly, too")).isTrue();

        assertThat(written).isEmpty();
        burst.end();
        assertThat(written).containsExactly("costly", "costly, too");
    }

    @Test
    void anAnswerOfAnotherThread_doesNotWait() {
        burst.begin(Burst.CROWD);
        List<Boolean> kept = new ArrayList<>();

        onAnotherThread(() -> kept.add(add("a")));

        assertThat(kept).containsExactly(false);
    }

    @Test
    void anAnswerThatFails_keepsNoOtherBack() {
        burst.begin(Burst.CROWD);
        add("a");
        nanos.addAndGet(Burst.WORTH_NANOS);
        burst.add(() -> {
            throw new IllegalStateException("broken");
        });
        nanos.addAndGet(Burst.WORTH_NANOS);
        burst.add(() -> {
            throw new LinkageError("broken, too");
        });
        add("b");

        burst.end();

        assertThat(written).containsExactly("a", "b");
    }

    @Test
    void connectionsGoOn_whenAllIsWritten_onTheSameThread() {
        burst.begin(Burst.CROWD);
        nanos.addAndGet(Burst.WORTH_NANOS);
        burst.add(() ->
                assertThat(Burst.goOnAfterwards(() -> written.add("going on"))).isTrue());
        add("b");

        burst.end();

        assertThat(written).containsExactly("b", "going on");
        assertThat(Burst.goOnAfterwards(() -> written.add("never"))).isFalse();
    }

    /** It would be left to somebody who may be waiting for connections already. */
    @Test
    void whosePlaceIsTaken_keepsNoConnection() {
        burst.begin(Burst.CROWD);
        nanos.addAndGet(Burst.WORTH_NANOS);
        List<Boolean> kept = new ArrayList<>();
        burst.add(() -> {
            onAnotherThread(() -> burst.begin(0));
            kept.add(Burst.goOnAfterwards(() -> written.add("lost")));
        });

        burst.end();

        assertThat(kept).containsExactly(false);
        assertThat(written).isEmpty();
    }

    private static void onAnotherThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
