package dev.latchkey.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From the launch to the first token, beside the fastest peer's. The kinds take turns, so that noise meets all alike. */
final class Startup implements Row {
    private final Setup setup;

    Startup(Setup setup) {
        this.setup = setup;
    }

    @Override
    public void measure() throws IOException {
        Optional<OidcProvider> peer = OidcProvider.install(setup);
        Programs programs = setup.programs();
        Store store = setup.newStore("startup");
        // The first start makes the signing keys and the Owner, the peer's its one key.
        setup.startOnce(store);
        if (peer.isPresent()) {
            peer.get().start().close();
        }
        List<Double> runSh = new ArrayList<>();
        List<Double> options = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        List<Double> peers = new ArrayList<>();
        for (int i = 0; i < setup.settings().runs(); i++) {
            runSh.add(millis(ServiceProcess.start(programs.checkout(), store)));
            options.add(millis(ServiceProcess.start(programs.underOptions(), store)));
            plain.add(millis(ServiceProcess.start(programs.jarAlone(), store)));
            first.add(millis(setup.start(setup.newStore("first"))));
            if (peer.isPresent()) {
                peers.add(millis(peer.get().start()));
            }
        }
        Table table = setup.table();
        table.part("Start to first token", "ms", "ratio");
        table.row("node oidc-provider", Spread.of(peers), Spread.none(), "");
        String goal = "of oidc-provider: <= 1.0 on JDK 25, 1.4 on 17";
        table.row("run.sh, store there", Spread.of(runSh), ratios(runSh, peers), goal);
        table.row("java @target/java.options, store there", Spread.of(options), ratios(options, peers), goal);
        table.row("java -jar, store there", Spread.of(plain), ratios(plain, peers), "");
        table.row("run.sh, first ever", Spread.of(first), ratios(first, runSh), "of store there: <= 1.5");
    }

    private static double millis(ServiceProcess service) {
        try (service) {
            return service.millisToFirstAnswer();
        }
    }

    private static Spread ratios(List<Double> values, List<Double> others) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            ratios.add(values.get(i) / others.get(i));
        }
        return Spread.of(ratios);
    }
}
