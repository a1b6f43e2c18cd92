package dev.latchkey.dev;

import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.ImportSource;
import dev.latchkey.error.ErrorKind;
import dev.latchkey.error.LatchkeyException;
import dev.latchkey.http.server.FrontHandler;
import dev.latchkey.server.ServiceExtension;
import dev.latchkey.server.ServiceParts;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.token.IssuingRules;
import dev.latchkey.token.TokenSettings;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a stand-in adds to the service: its key, its rules, and its handlers in front. */
final class DevExtension implements ServiceExtension {
    /** What its stores are for, in words that a message can end with. */
    private static final String PURPOSE = "serve --dev";

    /** The member of the seed that tells of people. */
    private static final String PERSONAS = "personas";

    private final DevKey devKey;
    private final List<String> hosts;
    private final DevClock clock;
    private volatile boolean readyKey;

    DevExtension(DevKey devKey, List<String> hosts, DevClock clock) {
        this.devKey = devKey;
        this.hosts = List.copyOf(hosts);
        this.clock = clock;
    }

    /** Whether the key of the stand-in's own id is the stand-in's own, and not one of the seed. */
    boolean hasReadyKey() {
        return readyKey;
    }

    @Override
    public void opened(SqlStore store) {
        if (!store.reserveFor(PURPOSE)) {
            throw LatchkeyException.of(
                    ErrorKind.MISCONFIGURED,
                    "The store " + store.shown() + " is that of a service, and " + PURPOSE + " would hand out its"
                            + " tokens to anybody; leave --db out to keep nothing, or name a new file with it.");
        }
    }

    @Override
    public AccessKeyImport.Rules seedRules(AccessKeyImport.Rules standard) {
        return new AccessKeyImport.Rules(true, standard.secretRequired(), Set.of(PERSONAS));
    }

    @Override
    public boolean judgesHosts() {
        return true;
    }

    @Override
    public void seeded(SqlStore store, AccessKeyImport imports, @Nullable ImportSource seed) {
        devKey.create(store.accessKeys(), clock.instant());
        readyKey = store.accessKeys().find(devKey.id()).filter(devKey::is).isPresent();
    }

    @Override
    public IssuingRules rules(SqlStore store, TokenSettings settings, IssuingRules standard) {
        return new DevIssuingRules(standard, devKey, clock, store.scopes(), settings);
    }

    @Override
    public List<FrontHandler> front(ServiceParts parts) {
        String issuer = parts.settings().issuer();
        List<DevEndpoint.Route> routes = List.of();
        return List.of(new DevHandler(
                new DevHosts(issuer, hosts), String.valueOf(URI.create(issuer).getRawPath()), routes));
    }
}
