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
        this.burst = new Burst(nanoTime, this::endWhenAllIsRead);
    }

    Burst burst() {
        return burst;
    }

    /**
     * An update is made between reading the connections and taking up what they are interested in: those that go on then
     * are looked at in the next round, as every other is. {@link Door#readAll} builds on it.
     */
    private void endWhenAllIsRead() {
        submit(selector -> burst.end());
    }

    @Override
    protected int nioSelect(Selector selector, boolean now) throws IOException {
        // Nothing waits while this thread does, whatever became of the update.
        burst.end();
        int ready = super.nioSelect(selector, now);
        burst.begin(ready);
        return ready;
    }
}
