package dev.latchkey.server;

import dev.latchkey.audit.AuditListener;
import dev.latchkey.config.ProgramVersion;
import dev.latchkey.http.exchange.DocumentEndpoint;
import dev.latchkey.metrics.Metrics;
import dev.latchkey.metrics.Metrics.StoreSource;
import dev.latchkey.permission.Actor;
import dev.latchkey.signingkey.SigningKeys;
import dev.latchkey.sql.SqlStore;
import java.time.Clock;

/**
 * What a service with metrics has beside any other. Only such a one loads this class, and with it those of metrics.
 *
 * @param told what counts
 * @param page what was counted, as a scraper reads it
 */
record Counting(Listeners told, DocumentEndpoint page) {
    /** Counts for a service on this store. */
    static Counting start(SqlStore store, SigningKeys signingKeys, Clock clock, AuditListener audit) {
        StoreSource source = new StoreSource(
                store::isReadable, store.keyStatistics(), () -> signingKeys.list(Actor.system()), clock);
        Metrics metrics = new Metrics(ProgramVersion.read(), source);
        return new Counting(new Listeners(metrics.tokens(), metrics.http(), metrics.store(), audit), metrics);
    }
}
