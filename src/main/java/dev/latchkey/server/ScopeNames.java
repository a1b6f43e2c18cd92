package dev.latchkey.server;

import dev.latchkey.scope.Scope;
import dev.latchkey.scope.ScopeStore;
import java.util.List;
import java.util.function.Supplier;

/** The names in the catalogue as it was when it was last followed: no request waits for the store. Thread-safe. */
final class ScopeNames implements Supplier<List<String>> {
    private final ScopeStore store;
    private volatile List<String> known = List.of();

    ScopeNames(ScopeStore store) {
        this.store = store;
    }

    /** Reads the catalogue. */
    void follow() {
        known = store.all().stream().map(Scope::name).toList();
    }

    @Override
    public List<String> get() {
        return known;
    }
}
