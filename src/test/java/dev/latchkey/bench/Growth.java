package dev.latchkey.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a request costs the service as its store grows. Counted in CPU time, which is steadier than requests a second,
 * with all services up and taking turns; tokens are asked for keys spread at random over the store.
 */
final class Growth implements Row {
    private static final int CONNECTIONS = 16;
    private static final int FEW = 10;
    private static final int MORE = 10_000;
    private static final String GOAL = "0.95 to 1.05";

    private final Setup setup;
    private final List<Measured> all = new ArrayList<>();

    Growth(Setup setup) {
        this.setup = setup;
    }

    /** A kind of request, and the service that gets it. */
    private record Measured(String name, ServiceProcess service, Request request, Runs runs) {}

    @Override
    public void measure() throws IOException {
        int many = setup.settings().many();
        Store few = filled(FEW);
        Store more = filled(MORE);
        Store large = filled(many);
        Store old = filled(FEW);
        Fill.records(old, many);
        try (ServiceProcess onFew = setup.start(few);
                ServiceProcess onMore = setup.start(more);
                ServiceProcess onLarge = setup.start(large);
                ServiceProcess onOld = setup.start(old)) {
            Measured tokens = tokens("a token, %,d keys", FEW, onFew, few);
            Measured moreTokens = tokens("a token, %,d keys", MORE, onMore, more);
            Measured largeTokens = tokens("a token, %,d keys", many, onLarge, large);
            Measured oldTokens = tokens("a token, 10 keys, many records", FEW, onOld, old);
            Measured verify = verify("verify, 10 keys, no records", onFew, few);
            Measured oldVerify = verify("verify, 10 keys, many records", onOld, old);
            turns();
            setup.table().part("As the store grows", "CPU ms", "of the least");
            print(tokens, tokens);
            print(moreTokens, tokens);
            print(largeTokens, tokens);
            print(oldTokens, tokens);
            print(verify, verify);
            print(oldVerify, verify);
        }
        setup.table().say("  (many records: %,d revoked tokens and as many audit events)", many);
    }

    private Store filled(int keys) throws IOException {
        Store store = setup.newStore("keys" + keys);
        Fill.keys(store, keys);
        return store;
    }

    private Measured tokens(String name, int keys, ServiceProcess service, Store store) {
        return add(String.format(Locale.ROOT, name, keys), service, Request.tokens(keys, store.secret()));
    }

    private Measured verify(String name, ServiceProcess service, Store store) throws IOException {
        return add(name, service, Request.get("/connect/verify", store.accessToken(service)));
    }

    private Measured add(String name, ServiceProcess service, Request request) {
        Measured measured = new Measured(name, service, request, new Runs());
        all.add(measured);
        return measured;
    }

    private void turns() throws IOException {
        Settings settings = setup.settings();
        for (Measured each : all) {
            setup.warm(each.service, each.request, CONNECTIONS);
        }
        for (int i = 0; i < settings.otherRuns(); i++) {
            for (Measured each : all) {
                each.runs.add(each.service.load(each.request, CONNECTIONS, settings.seconds()));
            }
        }
    }

    private void print(Measured row, Measured least) {
        boolean itself = row.equals(least);
        Spread ratio = itself ? Spread.none() : row.runs.over(least.runs, Load::cpuMillisEach);
        setup.table().row(row.name, row.runs.spread(Load::cpuMillisEach), ratio, itself ? "" : GOAL, row.runs);
    }
}
