package dev.latchkey.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tokens a second, over what openssl can sign right before and after. */
final class Tokens implements Row {
    private final Setup setup;

    Tokens(Setup setup) {
        this.setup = setup;
    }

    @Override
    public void measure() throws IOException {
        Settings settings = setup.settings();
        Store store = setup.newStore("tokens");
        setup.table().part("Tokens", "a second", "of openssl");
        try (ServiceProcess service = setup.start(store)) {
            setup.warm(service, store.token(), 64);
            connections(service, store, 16, settings.runs(), ">= 0.85");
            besideBareSigner(service, store.token());
            connections(service, store, 64, settings.otherRuns(), ">= 0.80");
            connections(service, store, 256, settings.otherRuns(), ">= 0.80");
        }
    }

    private void connections(ServiceProcess service, Store store, int connections, int times, String goal)
            throws IOException {
        Settings settings = setup.settings();
        setup.warm(service, store.token(), connections);
        Runs runs = new Runs();
        List<Double> ratios = new ArrayList<>();
        double before = OpenSsl.signaturesPerSecond(settings.limitSeconds());
        for (int i = 0; i < times; i++) {
            Load load = service.load(store.token(), connections, settings.seconds());
            double after = OpenSsl.signaturesPerSecond(settings.limitSeconds());
            runs.add(load);
            addRatio(load, before, after, ratios);
            before = after;
        }
        Table table = setup.table();
        String name = connections + " connections";
        table.row(name, runs.spread(Load::perSecond), Spread.of(ratios), goal, runs);
        table.row(name + ", p50 ms", runs.spread(Load::p50Millis), Spread.none(), "");
        table.row(
                name + ", p99 ms, and over p50",
                runs.spread(Load::p99Millis),
                runs.spread(Load::tail),
                tail(connections));
        table.row(name + ", CPU ms a token", runs.spread(Load::cpuMillisEach), Spread.none(), "");
    }

    /** How much of what can be reached at all on this machine, with this client. */
    private void besideBareSigner(ServiceProcess service, Request token) throws IOException {
        Settings settings = setup.settings();
        Runs bare = new Runs();
        Runs latchkey = new Runs();
        List<Double> ratios = new ArrayList<>();
        try (ServiceProcess signer = ServiceProcess.start(
                port -> setup.programs().beside(BareSigner.class, String.valueOf(port)),
                Map.of(),
                setup.folder().resolve("signer.log"),
                token)) {
            setup.warm(signer, token, 16);
            for (int i = 0; i < settings.runs(); i++) {
                double before = OpenSsl.signaturesPerSecond(settings.limitSeconds());
                bare.add(signer.load(token, 16, settings.seconds()));
                double after = OpenSsl.signaturesPerSecond(settings.limitSeconds());
                latchkey.add(service.load(token, 16, settings.seconds()));
                addRatio(bare.last(), before, after, ratios);
            }
        }
        Table table = setup.table();
        table.row("only read, sign, write: a bare server", bare.spread(Load::perSecond), Spread.of(ratios), "", bare);
        table.row(
                "Latchkey beside it, and over it",
                latchkey.spread(Load::perSecond),
                latchkey.over(bare, Load::perSecond),
                "",
                latchkey);
    }

    /** Over the mean of what openssl could before and after; nothing where there is no openssl. */
    private static void addRatio(Load load, double before, double after, List<Double> ratios) {
        if (!Double.isNaN(after)) {
            ratios.add(load.perSecond() / ((before + after) / 2));
        }
    }

    private static String tail(int connections) {
        return connections == 16 ? "<= 2.5" : "";
    }
}
