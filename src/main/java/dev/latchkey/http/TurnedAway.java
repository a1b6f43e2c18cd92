package dev.latchkey.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts whom the service turns away under overload, and tells the log once a second at most. Thread-safe. */
final class TurnedAway extends AbstractLifeCycle {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.http");

    private final Scheduler scheduler;
    private final LongAdder requests = new LongAdder();
    private final LongAdder connections = new LongAdder();

    TurnedAway(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void request() {
        requests.increment();
    }

    void connection() {
        connections.increment();
    }

    @Override
    protected void doStart() {
        tellLater();
    }

    @Override
    protected void doStop() {
        tell();
    }

    private void tellLater() {
        scheduler.schedule(
                () -> {
                    tell();
                    if (isRunning()) {
                        tellLater();
                    }
                },
                1,
                TimeUnit.SECONDS);
    }

    private void tell() {
        long shed = requests.sumThenReset();
        if (shed > 0) {
            LOG.warn("503: {} requests turned away within a second; the service is too busy", shed);
        }
        long refused = connections.sumThenReset();
        if (refused > 0) {
            LOG.warn("503: {} connections turned away within a second; too many are open", refused);
        }
    }
}
