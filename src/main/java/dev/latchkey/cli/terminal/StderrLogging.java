package dev.latchkey.cli.terminal;

import dev.latchkey.config.LogFormat;
import java.util.Map;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.simple.SimpleLoggerFactory;
import org.slf4j.simple.SimpleServiceProvider;

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
        boolean traces = Boolean.getBoolean(TRACES);
        loggers = new Loggers(traces);
    }

    private static final class Loggers extends SimpleLoggerFactory {
        private final boolean traces;
        private volatile LogFormat format = LogFormat.TEXT;

        Loggers(boolean traces) {
            this.traces = traces;
        }

        @Override
        protected Logger createLogger(String name) {
            return new StderrLogger(name, levelOf(name), traces, () -> format);
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
        write(LoggerFactory.getILoggerFactory(), format);
    }

    private static void write(ILoggerFactory factory, LogFormat format) {
        if (factory instanceof Loggers ours) {
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
}
