package dev.latchkey.http;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;

/** Finds the connections that have something to read, and tells its {@link Burst} when that begins and ends. */
final class BurstSelector extends ManagedSelector {
    private final Burst burst;

    BurstSelector(SelectorManager manager, int id, LongSupplier nanoTime) {
        super(manager, id);
        this.burst = new Burst(nanoTime);
    }

    Burst burst() {
        return burst;
    }

    @Override
    protected int nioSelect(Selector selector, boolean now) throws IOException {
        burst.end();
        int ready = super.nioSelect(selector, now);
        burst.begin(ready);
        return ready;
    }
}
