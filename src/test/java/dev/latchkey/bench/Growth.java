package dev.latchkey.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What a request costs the service as its store grows. Counted in CPU time, which is steadier than requests a second,
 * with all services up and taking turns. Tokens are asked for one key, as a client does, and for all keys of the large
 * store at random, as no clients do: no look-up is like one before, and each use is a row to be written down later.
 */
final class Growth implements Row {
    private static final int CONNECTIONS = 16;
    private static final int FEW = 10;

    /** Each run in so many short ones, so that the machine is the same for those that are compared. */
    private static final int PARTS = 3;

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
        Store large = filled(many);
        Store old = filled(FEW);
        Fill.records(old, many);
        try (ServiceProcess onFew = setup.start(few);
                ServiceProcess onLarge = setup.start(large);
                ServiceProcess onOld = setup.start(old)) {
            Measured tokens = add("a token of one of 10 keys", onFew, oneKey(few));
            Measured largeTokens = add(named("a token of one of %,d keys", many), onLarge, oneKey(large));
            Measured oldTokens = add("the same of 10 keys, many records", onOld, oneKey(old));
            Measured anyTokens =
                    add(named("tokens of any of %,d keys", many), onLarge, Request.tokens(many, large.secret()));
            Measured verify = verify("verify, 10 keys, no records", onFew, few);
            Measured oldVerify = verify("verify, 10 keys, many records", onOld, old);
            turns();
            setup.table().part("As the store grows", "CPU ms", "of the least");
            print(tokens, tokens, "");
            print(largeTokens, tokens, GOAL);
            print(oldTokens, tokens, GOAL);
            print(anyTokens, tokens, "");
            print(verify, verify, "");
            print(oldVerify, verify, GOAL);
        }
        setup.table().say("  (many records: %,d revoked tokens and as many audit events)", many);
    }

    private Store filled(int keys) throws IOException {
        Store store = setup.newStore("keys" + keys);
        Fill.keys(store, keys);
        return store;
    }

    private static String named(String name, int keys) {
        return String.format(Locale.ROOT, name, keys);
    }

    /** The first key of those that the store was filled with. */
    private static Request oneKey(Store store) {
        return Request.token("/connect/token", Request.keyOf(0), store.secret());
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
        List<Measured> order = new ArrayList<>(all);
        int seconds = Math.max(1, settings.seconds() / PARTS);
        for (int i = 0; i < settings.otherRuns() * PARTS; i++) {
            for (Measured each : order) {
                each.runs.add(each.service.load(each.request, CONNECTIONS, seconds));
            }
            Collections.reverse(order);
        }
    }

    private void print(Measured row, Measured least, String goal) {
        boolean itself = row.equals(least);
        Spread ratio = itself ? Spread.none() : row.runs.over(least.runs, Load::cpuMillisEach);
        setup.table().row(row.name, row.runs.spread(Load::cpuMillisEach), ratio, goal, row.runs);
    }
}
