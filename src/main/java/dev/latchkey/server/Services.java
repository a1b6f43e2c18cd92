package dev.latchkey.server;

import dev.latchkey.accesskey.AccessKeys;
import dev.latchkey.accesskey.ScopeCatalogue;
import dev.latchkey.signingkey.PublicJwk;
import dev.latchkey.signingkey.SigningKey;
import dev.latchkey.sql.SqlStore;
import java.time.Clock;
import java.util.List;

/** What the command line does with a store, without a running server. Thread-safe until it is closed. */
public final class Services implements AutoCloseable {
    private final SqlStore store;
    private final Clock clock;

    private Services(SqlStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Opens a store, and makes it first where it is missing and may be made; fails as {@link SqlStore#open} does. */
    public static Services open(String db, boolean createIfMissing, Clock clock) {
        SqlStore.Mode mode = createIfMissing ? SqlStore.Mode.CREATE : SqlStore.Mode.EXISTING;
        return new Services(SqlStore.open(db, mode), clock);
    }

    public AccessKeys accessKeys() {
        return new AccessKeys(store.accessKeys(), store.scopes(), clock);
    }

    public ScopeCatalogue scopes() {
        return new ScopeCatalogue(store.scopes(), clock);
    }

    /** The keys that verifiers may find in the JWK Set. */
    public List<PublicJwk> publishedKeys() {
        return store.signingKeys().all().stream().map(SigningKey::jwk).toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
