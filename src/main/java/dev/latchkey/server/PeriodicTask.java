package dev.latchkey.server;

import dev.latchkey.error.ServiceException;
import dev.latchkey.log.LogEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is done again and again and may fail for a while. Tells the log when it begins to fail and when it works
 * again, not each time between. Thread-safe.
 */
final class PeriodicTask implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.server");

    private final String name;
    private final Runnable work;
    private boolean failing;

    /** @param name what it does, as the beginning of a sentence */
    PeriodicTask(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    /** Never throws what the work throws: a scheduler would not run it again. */
    @Override
    public synchronized void run() {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            boolean told = e instanceof ServiceException known && known.isLogged();
            if (!failing && !told) {
                failing = true;
                LogEvent.TASK_FAILED.warn(LOG).setCause(e).log("{} fails; it is tried again.", name);
            }
            return;
        }
        if (failing) {
            failing = false;
            LogEvent.TASK_RECOVERED.info(LOG).log("{} works again.", name);
        }
    }
}
