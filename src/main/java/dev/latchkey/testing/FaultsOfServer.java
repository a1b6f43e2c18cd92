package dev.latchkey.testing;

/** The faults of a stand-in. Thread-safe. */
record FaultsOfServer(dev.latchkey.dev.faults.Faults faults) implements LatchkeyExtension.Faults {
    @Override
    public void next(Fault fault) {
        TestServer.translated(() -> {
            faults.add(fault.rule());
            return true;
        });
    }

    @Override
    public void clear() {
        faults.clear();
    }
}
