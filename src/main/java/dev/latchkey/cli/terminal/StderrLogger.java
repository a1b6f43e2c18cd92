package dev.latchkey.cli.terminal;

import dev.latchkey.config.LogFormat;
import java.io.PrintStream;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.simple.SimpleLogger;
import org.slf4j.spi.LoggingEventAware;

/**
 * slf4j-simple's logger with three differences: a line is a {@link LogLine}, as text or as JSON; it begins with the time in
 * UTC, formatted without a locale (the data of one take a tenth of a start to load); and a throwable is told in one line
 * unless traces are wanted. Thread-safe.
 */
final class StderrLogger extends SimpleLogger implements LoggingEventAware {
    private static final long serialVersionUID = 1L;

    private final boolean traces;
    private final transient Supplier<LogFormat> format;

    /**
     * A logger.
     *
     * @param lowest less severe messages are left out
     * @param traces whether a throwable is printed with its stack trace
     * @param format what a line is written as
     */
    StderrLogger(String name, Level lowest, boolean traces, Supplier<LogFormat> format) {
        super(name);
        this.currentLogLevel = lowest.toInt();
        this.traces = traces;
        this.format = format;
    }

    /** A line with fields. */
    @Override
    public void log(LoggingEvent event) {
        String message = MessageFormatter.basicArrayFormat(event.getMessage(), event.getArgumentArray());
        write(new LogLine(event.getLevel(), message, event.getKeyValuePairs(), event.getThrowable()));
    }

    /** A line of a library. */
    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object @Nullable [] arguments, @Nullable Throwable thrown) {
        String message = MessageFormatter.basicArrayFormat(pattern, arguments);
        write(new LogLine(level, message, null, thrown));
    }

    private void write(LogLine line) {
        if (format.get() == LogFormat.JSON) {
            byte[] json = line.json(Instant.now(), traces);
            System.err.write(json, 0, json.length); // in UTF-8, whatever the locale says
            System.err.flush();
        } else {
            super.handleNormalizedLoggingCall(line.level(), null, line.text(), null, line.thrown());
        }
    }

    @Override
    protected String renderLevel(int level) {
        return LogLine.time(Instant.now()) + " " + super.renderLevel(level);
    }

    @Override
    protected void writeThrowable(@Nullable Throwable thrown, PrintStream out) {
        if (thrown == null) {
            return;
        }
        if (traces) {
            thrown.printStackTrace(out);
        } else {
            out.println("  because of " + LogLine.chain(thrown) + " (--verbose adds the stack trace)");
        }
    }
}
