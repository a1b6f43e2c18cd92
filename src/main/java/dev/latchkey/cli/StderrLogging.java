package dev.latchkey.cli;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Where the program's log goes: lines on stderr, what Latchkey itself says and the libraries' warnings. An embedding
 * program keeps the log that it has. Thread-safe.
 *
 * <p>This and not a library, because those that are small format times by a locale, whose data take a tenth of a start
 * to load.
 */
public final class StderrLogging implements SLF4JServiceProvider {
    private static final String API_VERSION = "2.0.99";

    /** Jetty's warnings quote what clients sent, a secret in the wrong place too; Latchkey's own lines tell of the same. */
    private static final Map<String, Level> LEVELS = Map.of(
            "dev.latchkey", Level.INFO,
            "org.eclipse.jetty", Level.ERROR,
            "com.password4j", Level.ERROR,
            "com.zaxxer.hikari", Level.ERROR);

    private final Map<String, StderrLogger> loggers = new ConcurrentHashMap<>();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter context = new NOPMDCAdapter();

    /** Makes this the log of the whole process; of no use once something has asked for a logger. */
    public static void install() {
        System.setProperty("slf4j.provider", StderrLogging.class.getName());
        // Otherwise each start would say that it does as the line above tells it.
        System.setProperty("slf4j.internal.verbosity", "WARN");
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
    public void initialize() {
        // Everything is made already.
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> loggers.computeIfAbsent(name, missing -> new StderrLogger(missing, levelOf(missing)));
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return API_VERSION;
    }
}
