package dev.latchkey.cli.output;

import dev.latchkey.cli.terminal.CliContext;
import java.io.PrintStream;
import java.time.Duration;

/** A line on a terminal that says how far a long command is, and is gone in the end. For one thread. */
public final class Progress implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final String BACK_TO_AN_EMPTY_LINE = "\r\u001b[K";

    private final PrintStream err;
    private final String what;
    private final boolean shown;
    private long last = System.nanoTime();
    private boolean visible;

    /**
     * Begins without a line.
     *
     * @param what is counted, such as {@code keys read}
     */
    public Progress(CliContext context, String what) {
        this.err = context.err();
        this.what = what;
        this.shown = context.screen().showsProgress();
    }

    /** So many are done; shown a few times a second. */
    public void at(long done) {
        show(String.format("%,d %s", done, what));
    }

    /** So many of all are done. */
    public void at(long done, long all) {
        show(String.format("%,d of %,d %s", done, all, what));
    }

    private void show(String text) {
        if (!shown || System.nanoTime() - last < PAUSE.toNanos()) {
            return;
        }
        last = System.nanoTime();
        visible = true;
        err.print(BACK_TO_AN_EMPTY_LINE + text);
        err.flush();
    }

    @Override
    public void close() {
        hide();
    }

    /** Takes the line away, so that something else can be said. */
    public void hide() {
        if (visible) {
            err.print(BACK_TO_AN_EMPTY_LINE);
            err.flush();
        }
        visible = false;
    }
}
