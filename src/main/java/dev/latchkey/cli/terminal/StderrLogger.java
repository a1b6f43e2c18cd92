package dev.latchkey.cli.terminal;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.slf4j.simple.SimpleLogger;

/**
 * slf4j-simple's logger with two differences: a line begins with the time in UTC, formatted without a locale (the data of
 * one take a tenth of a start to load), and a throwable is told in one line unless traces are wanted. Thread-safe.
 */
final class StderrLogger extends SimpleLogger {
    private static final long serialVersionUID = 1L;

    /** Longer descriptions of a throwable are cut, so that one failure cannot fill the log. */
    private static final int MAX_CAUSE_CHARS = 600;

    private final boolean traces;

    /**
     * A logger.
     *
     * @param lowest less severe messages are left out
     * @param traces whether a throwable is printed with its stack trace
     */
    StderrLogger(String name, Level lowest, boolean traces) {
        super(name);
        this.currentLogLevel = lowest.toInt();
        this.traces = traces;
    }

    @Override
    protected String renderLevel(int level) {
        return now() + " " + super.renderLevel(level);
    }

    @Override
    protected void writeThrowable(@Nullable Throwable thrown, PrintStream out) {
        if (thrown == null) {
            return;
        }
        if (traces) {
            thrown.printStackTrace(out);
        } else {
            out.println("  because of " + chain(thrown) + " (--verbose adds the stack trace)");
        }
    }

    /** The throwable and its causes in one line. */
    private static String chain(Throwable thrown) {
        StringBuilder line = new StringBuilder(TerminalText.line(thrown.toString()));
        Throwable cause = thrown.getCause();
        while (cause != null && line.length() < MAX_CAUSE_CHARS) {
            line.append("; ").append(TerminalText.line(cause.toString()));
            cause = cause.getCause();
        }
        return line.length() <= MAX_CAUSE_CHARS ? line.toString() : line.substring(0, MAX_CAUSE_CHARS) + "…";
    }

    /** Of one width at all times, a whole second too. */
    private static String now() {
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        return time.indexOf('.') < 0 ? time.replace("Z", ".000Z") : time;
    }
}
