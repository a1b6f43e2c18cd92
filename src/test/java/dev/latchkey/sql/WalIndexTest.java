package dev.latchkey.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** A header that SQLite did not write whole is nothing to rely on. */
class WalIndexTest {
    private static final int COPY = WalIndex.BYTES / 2;

    private final ByteBuffer shared = ByteBuffer.allocateDirect(WalIndex.BYTES).order(ByteOrder.nativeOrder());
    private final WalIndex index = new WalIndex(shared.duplicate());
    private final WalIndex.Mark mark = new WalIndex.Mark();

    @Test
    void isAt_holds_untilAnyWordOfEitherCopyIsAnother() {
        write(0, 1);
        write(COPY, 1);
        index.move(mark);
        assertThat(index.isAt(mark)).isTrue();

        for (int at = 0; at < WalIndex.BYTES; at++) {
            byte before = shared.get(at);
            shared.put(at, (byte) (before ^ 0x10));
            assertThat(index.isAt(mark)).as("byte %d", at).isFalse();
            shared.put(at, before);
        }
        assertThat(index.isAt(mark)).isTrue();
    }

    @Test
    void isAt_ofAMarkThatWasMovedInTheMidstOfACommit_holdsOnlyIfThatIsUndone() {
        write(0, 1);
        write(COPY, 2);
        index.move(mark);
        assertThat(index.isAt(mark)).isFalse();

        write(0, 2);
        assertThat(index.isAt(mark)).isFalse();
        index.move(mark);
        assertThat(index.isAt(mark)).isTrue();
    }

    @Test
    void isAt_ofAHeaderThatIsNotWrittenYet_neverHolds() {
        assertThat(index.isAt(mark)).isFalse();
        index.move(mark);
        assertThat(index.isAt(mark)).isFalse();
    }

    private void write(int from, int state) {
        for (int at = from; at < from + COPY; at += Integer.BYTES) {
            shared.putInt(at, 0x1000 * state + at - from + 1);
        }
    }
}
