package dev.latchkey.cli.terminal;

import dev.latchkey.log.LogEvent;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Standard error whose lines are lines of the log, where that is JSON: what a start tells the person who started it, the
 * first Owner's password among it, must not stand between the objects.
 */
public final class NoticeLines extends PrintStream {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.notice");

    public NoticeLines(PrintStream err) {
        super(err, true, StandardCharsets.UTF_8);
    }

    @Override
    public void println(String line) {
        LogEvent.NOTICE.info(LOG).log(line);
    }
}
