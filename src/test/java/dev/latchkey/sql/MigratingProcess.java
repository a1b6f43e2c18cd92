package dev.latchkey.sql;

import dev.latchkey.harness.Processes;
import dev.latchkey.sql.transfer.StoreCopy;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A process that copies a store until some rows are written, says so, and waits to be killed. */
final class MigratingProcess {
    /** What it prints when it is half way. */
    static final String HALF = "half";

    private static final long ROWS = 1_000;

    private MigratingProcess() {}

    static Process start(String from, String to) throws IOException {
        return Processes.java(MigratingProcess.class, from, to);
    }

    public static void main(String[] args) {
        var unused = StoreCopy.run(args[0], args[1], done -> {
            if (done > ROWS) {
                System.out.println(HALF);
                try {
                    int unusedEnd = System.in.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }
}
