package dev.latchkey.server;

import dev.latchkey.log.LogEvent;
import dev.latchkey.sql.database.OutageListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line into the log when the store stops to work and one when it works again, and tells another listener.
 * Thread-safe.
 */
final class OutageLog implements OutageListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.server");

    private final OutageListener next;

    /** @param next is told, too */
    OutageLog(OutageListener next) {
        this.next = next;
    }

    @Override
    public void began(String reason) {
        LogEvent.STORE_DOWN.warn(LOG).log("{} Until then what needs it is answered with 503", reason);
        next.began(reason);
    }

    /** A warning, too: who hears of the beginning wants to hear of the end. */
    @Override
    public void ended(String store) {
        LogEvent.STORE_UP.warn(LOG).log("The store {} works again", store);
        next.ended(store);
    }
}
