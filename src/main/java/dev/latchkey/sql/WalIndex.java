package dev.latchkey.sql;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * The header of a SQLite store's WAL index, the {@code -shm} file beside it: shared memory in which every commit, of
 * whichever process, is told to all who read. Looking there takes some nanoseconds, where asking SQLite has it lock and
 * unlock the file. Thread-safe.
 *
 * <p>The layout is a part of SQLite's file format (sqlite.org/walformat.html, section 2.1): 48 bytes, twice. They hold the
 * number of frames in the WAL, a checksum of them all and a salt, so that each commit leaves an index another than it
 * was. That is true of one index as long as it is in use; a new one may begin as an old one did. Who commits writes the
 * second copy, then the first; where the two differ, a commit is under way, or was broken off and will be completed or
 * undone by the next who reads through SQLite.
 */
final class WalIndex {
    /** What is looked at: both copies. */
    static final int BYTES = 96;

    private static final int WORDS = BYTES / Long.BYTES / 2;

    private final LongBuffer header;

    /** @param shared the beginning of the file, mapped; it says nothing unless a connection has the file open, too */
    WalIndex(ByteBuffer shared) {
        this.header = shared.order(ByteOrder.nativeOrder()).asLongBuffer();
    }

    /** A moment of the store, which no commit has followed yet as long as {@link #isAt} says so. */
    static final class Mark {
        private final long[] words = new long[WORDS];
    }

    /** Moves a mark to now. What is read through SQLite afterwards is of this moment or a later one. */
    void move(Mark mark) {
        VarHandle.acquireFence();
        for (int i = 0; i < WORDS; i++) {
            mark.words[i] = header.get(i);
        }
    }

    /**
     * Whether nothing was committed since the mark was moved. Never true while that is not certain: in the midst of a
     * commit, and of a mark that was moved then or where the header was not written yet.
     */
    boolean isAt(Mark mark) {
        // Each word is read anew, and not before what the caller did before.
        VarHandle.acquireFence();
        // The first word has the format's version, which is not zero.
        boolean same = mark.words[0] != 0;
        for (int i = 0; i < WORDS; i++) {
            same &= header.get(i) == mark.words[i] && header.get(WORDS + i) == mark.words[i];
        }
        return same;
    }
}
