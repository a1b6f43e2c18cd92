package dev.latchkey.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
            if (!Double.isNaN(after)) {
                ratios.add(load.perSecond() / ((before + after) / 2));
            }
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

    private static String tail(int connections) {
        return connections == 16 ? "<= 2.5" : "";
    }
}
