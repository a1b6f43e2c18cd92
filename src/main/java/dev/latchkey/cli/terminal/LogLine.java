package dev.latchkey.cli.terminal;

import dev.latchkey.json.ObjectBytes;
import dev.latchkey.log.LogEvent;
import dev.latchkey.log.LogField;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;

/**
 * One line of the log. Without a stack trace it is shorter than 16 KiB, beyond which collectors break lines: its texts are
 * cut, and what would act on a terminal is escaped.
 */
final class LogLine {
    private static final int MAX_MESSAGE = 800;
    private static final int MAX_FIELD = 200;
    private static final int MAX_TRACE = 16_000;

    private final Level level;
    private final String message;
    private final Map<LogField, Object> fields;
    private final @Nullable Throwable thrown;

    /** @param pairs the fields; null = none */
    LogLine(Level level, String message, @Nullable List<KeyValuePair> pairs, @Nullable Throwable thrown) {
        this.level = level;
        this.message = message;
        this.fields = new EnumMap<>(LogField.class);
        this.thrown = thrown;
        for (KeyValuePair pair : pairs == null ? List.<KeyValuePair>of() : pairs) {
            LogField field = LogField.of(pair.key);
            if (field != null && pair.value != null) {
                fields.put(field, pair.value);
            }
        }
    }

    Level level() {
        return level;
    }

    @Nullable
    Throwable thrown() {
        return thrown;
    }

    /** The line without its time, level and throwable. */
    String text() {
        StringBuilder line = new StringBuilder(160);
        fields.forEach((field, value) -> {
            if (field.isBeforeText()) {
                line.append(shown(value.toString(), MAX_FIELD)).append(' ');
            }
        });
        line.append(shown(message, MAX_MESSAGE));
        Object trace = fields.get(LogField.TRACE_ID);
        return trace == null ? line.toString() : line + " trace_id=" + shown(trace.toString(), MAX_FIELD);
    }

    /** One object. What was thrown is the reason. */
    byte[] json(Instant now, boolean traces) {
        ObjectBytes line = new ObjectBytes(512)
                .field("ts", time(now))
                .field("level", level.name())
                .field(LogField.EVENT.key(), event())
                .field("message", wellFormed(cut(message, MAX_MESSAGE)));
        if (thrown != null) {
            fields.put(LogField.REASON, chain(thrown));
        }
        fields.forEach((field, value) -> {
            if (value instanceof Number number) {
                line.field(field.key(), number.longValue());
            } else if (field != LogField.EVENT) {
                int max = field == LogField.REASON ? MAX_MESSAGE : MAX_FIELD;
                line.field(field.key(), wellFormed(cut(value.toString(), max)));
            }
        });
        if (thrown != null && traces) {
            line.field("stack", stack(thrown));
        }
        return (TerminalText.json(line.endText()) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
    }

    private String event() {
        Object event = fields.get(LogField.EVENT);
        return event == null ? LogEvent.OTHER.id() : wellFormed(cut(event.toString(), MAX_FIELD));
    }

    /** The throwable and its causes in one line. */
    static String chain(Throwable thrown) {
        StringBuilder line = new StringBuilder(TerminalText.line(thrown.toString()));
        Throwable cause = thrown.getCause();
        while (cause != null && line.length() < MAX_MESSAGE) {
            line.append("; ").append(TerminalText.line(cause.toString()));
            cause = cause.getCause();
        }
        return cut(line.toString(), MAX_MESSAGE);
    }

    /** The time, of one width at all times, a whole second too. */
    static String time(Instant now) {
        String time = now.truncatedTo(ChronoUnit.MILLIS).toString();
        return time.indexOf('.') < 0 ? time.replace("Z", ".000Z") : time;
    }

    private static String shown(String text, int max) {
        return TerminalText.line(cut(text, max));
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max) + "…";
    }

    /** A question mark stands for half a surrogate pair. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return wellFormed(cut(text.toString(), MAX_TRACE));
    }
}
