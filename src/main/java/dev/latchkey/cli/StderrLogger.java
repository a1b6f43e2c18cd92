package dev.latchkey.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes a line for each message: the time in UTC, the level, the message; below it the stack of what was thrown. */
final class StderrLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private final int lowest;

    /** @param lowest what is less grave is left out */
    StderrLogger(String name, Level lowest) {
        this.name = name;
        this.lowest = lowest.toInt();
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String text = arguments == null ? message : MessageFormatter.basicArrayFormat(message, arguments);
        StringWriter lines = new StringWriter();
        PrintWriter out = new PrintWriter(lines);
        out.println(now() + " " + level + " " + text);
        if (thrown != null) {
            thrown.printStackTrace(out);
        }
        PrintStream stderr = System.err;
        // In one piece: lines of several threads do not mix.
        stderr.print(lines);
        stderr.flush();
    }

    /** Of one width at all times, a whole second too. */
    private static String now() {
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        return time.indexOf('.') < 0 ? time.replace("Z", ".000Z") : time;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    private boolean isEnabled(Level level) {
        return level.toInt() >= lowest;
    }
}
