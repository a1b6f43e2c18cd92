package dev.latchkey.bench;

import java.io.IOException;
import java.util.List;

/**
 * Resident memory before and after a minute of load, with run.sh's flags and without any. The first start of a store is
 * not the one that is measured: it hashes the Owner's password, which takes some 15 MiB more, once.
 */
final class Memory implements Row {
    private static final long IDLE_MILLIS = 5_000;

    private final Setup setup;

    Memory(Setup setup) {
        this.setup = setup;
    }

    @Override
    public void measure() throws IOException {
        setup.table().part("Resident memory", "MiB", "");
        way("run.sh", setup.programs().checkout(), "<= 90", "<= 120");
        way("java -jar", setup.programs().jarAlone(), "", "");
    }

    private void way(String name, List<String> command, String idleGoal, String loadGoal) throws IOException {
        Settings settings = setup.settings();
        Store store = setup.newStore("memory");
        setup.startOnce(store);
        Table table = setup.table();
        try (ServiceProcess service = ServiceProcess.start(command, store)) {
            Tool.pause(settings.quick() ? IDLE_MILLIS / 5 : IDLE_MILLIS);
            table.row(name + ", idle", Spread.of(List.of(service.residentMiB())), Spread.none(), idleGoal);
            Runs runs = new Runs();
            runs.add(service.load(store.token(), 64, settings.memorySeconds()));
            table.row(
                    name + ", after " + settings.memorySeconds() + " s at 64 connections",
                    Spread.of(List.of(service.residentMiB())),
                    Spread.none(),
                    loadGoal,
                    runs);
        }
    }
}
