package dev.latchkey.dev;

import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.http.server.FrontHandler;
import dev.latchkey.server.ServiceExtension;
import dev.latchkey.server.ServiceParts;
import dev.latchkey.sql.SqlStore;
import dev.latchkey.token.IssuingRules;
import dev.latchkey.token.TokenSettings;
import java.net.URI;
import java.util.List;

/** What a stand-in adds to the service: its key, its rules, and its handlers in front. */
final class DevExtension implements ServiceExtension {
    private final DevKey devKey;
    private final List<String> hosts;
    private final DevClock clock;

    DevExtension(DevKey devKey, List<String> hosts, DevClock clock) {
        this.devKey = devKey;
        this.hosts = List.copyOf(hosts);
        this.clock = clock;
    }

    @Override
    public boolean judgesHosts() {
        return true;
    }

    @Override
    public void seeded(SqlStore store, AccessKeyImport imports) {
        devKey.create(store.accessKeys(), clock.instant());
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
