package dev.latchkey.server;

import dev.latchkey.accesskey.Scope;
import dev.latchkey.accesskey.ScopeStore;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import java.util.List;
import java.util.function.Supplier;

/** The names in the catalogue; while the store is away, those it had when it was last read. Thread-safe. */
final class ScopeNames implements Supplier<List<String>> {
    private final ScopeStore store;
    private volatile List<String> lastKnown = List.of();

    ScopeNames(ScopeStore store) {
        this.store = store;
    }

    @Override
    public List<String> get() {
        try {
            lastKnown = store.all().stream().map(Scope::name).toList();
        } catch (LatchkeyException e) {
            if (e.kind() != ErrorKind.UNAVAILABLE) {
                throw e;
            }
        }
        return lastKnown;
    }
}
