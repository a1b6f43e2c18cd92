package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What every row is measured with.
 *
 * @param folder for stores and scripts; gone in the end
 */
record Setup(Settings settings, Programs programs, Path folder, Table table) {
    /** A new folder with a new store in it. */
    Store newStore(String name) throws IOException {
        return Store.make(programs, Files.createTempDirectory(folder, name).resolve("bench.db"));
    }

    /** The service, through run.sh. */
    ServiceProcess start(Store store) throws IOException {
        return ServiceProcess.start(programs.checkout(), store);
    }

    /** Makes all that the first start of a store makes. */
    void startOnce(Store store) throws IOException {
        try (ServiceProcess first = start(store)) {
            first.awaitReady();
        }
    }

    /** Load that is not counted. */
    void warm(ServiceProcess service, Request request, int connections) throws IOException {
        var unused = service.load(request, connections, settings.warmSeconds());
    }
}
