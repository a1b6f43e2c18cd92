package dev.latchkey.cli.terminal;

import dev.latchkey.config.LogFormat;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.simple.SimpleLogger;
import org.slf4j.simple.SimpleLoggerFactory;
import org.slf4j.simple.SimpleServiceProvider;
import org.slf4j.spi.LoggingEventAware;

/**
 * The program's log, on standard error: slf4j-simple with {@link StderrLogger} and a level for each library. An embedding
 * program keeps the log that it has. Thread-safe.
 */
public final class StderrLogging extends SimpleServiceProvider {
    /** The system property that says whether a throwable is printed with its stack trace. */
    private static final String TRACES = "latchkey.log.traces";

    /** Jetty's warnings quote what clients sent, a misplaced secret too; Latchkey's own lines tell of the same. */
    private static final Map<String, Level> LEVELS = Map.of(
            "dev.latchkey", Level.INFO,
            "org.eclipse.jetty", Level.ERROR,
            "com.password4j", Level.ERROR,
            "com.zaxxer.hikari", Level.ERROR);

    private final Loggers loggers;

    /** Called by slf4j, which finds this class by its name. */
    public StderrLogging() {
        System.setProperty("org.slf4j.simpleLogger.showThreadName", "false");
        System.setProperty("org.slf4j.simpleLogger.showLogName", "false");
        loggers = new Loggers(); // which reads them
    }

    private static final class Loggers extends SimpleLoggerFactory {
        private volatile LogFormat format = LogFormat.TEXT;

        @Override
        protected Logger createLogger(String name) {
            return new StderrLogger(name, () -> format);
        }
    }

    /**
     * Makes this the log of the whole process; of no use once something has asked for a logger.
     *
     * @param traces whether a throwable is printed with its stack trace
     */
    public static void install(boolean traces) {
        System.setProperty(TRACES, Boolean.toString(traces));
        System.setProperty("slf4j.provider", StderrLogging.class.getName());
        // Otherwise each start would say that it does as the line above tells it.
        System.setProperty("slf4j.internal.verbosity", "WARN");
    }

    /** Has the log written in this format from now on, if the log is this one. */
    public static void writeAs(LogFormat format) {
        if (LoggerFactory.getILoggerFactory() instanceof Loggers ours) {
            ours.format = format;
        }
    }

    private static Level levelOf(String logger) {
        for (Map.Entry<String, Level> entry : LEVELS.entrySet()) {
            if (logger.equals(entry.getKey()) || logger.startsWith(entry.getKey() + ".")) {
                return entry.getValue();
            }
        }
        return Level.WARN;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    /**
     * slf4j-simple's logger with three differences: a line is a {@link LogLine}, as text or as JSON; it begins with the time in
     * UTC, formatted without a locale (the data of one take a tenth of a start to load); and a throwable is told in one line
     * unless traces are wanted. Thread-safe.
     */
    private static final class StderrLogger extends SimpleLogger implements LoggingEventAware {
        private static final long serialVersionUID = 1L;

        private final boolean traces;
        private final transient Supplier<LogFormat> format;

        StderrLogger(String name, Supplier<LogFormat> format) {
            super(name);
            this.currentLogLevel = levelOf(name).toInt();
            this.traces = Boolean.getBoolean(TRACES);
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
}
