package dev.latchkey.sql;

import static dev.latchkey.sql.Samples.event;
import static dev.latchkey.sql.Samples.key;
import static dev.latchkey.sql.Samples.scope;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that creates keys in a store until it is killed, and prints the id of each when it is stored. */
final class CreatingProcess {
    /** What ends a line that was printed to its end. */
    static final String WHOLE = " is stored";

    private CreatingProcess() {}

    static Process start(Path store) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CreatingProcess.class.getName(),
                        store.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) {
        String prefix = "process-" + ProcessHandle.current().pid() + "-";
        try (SqlStore store = SqlStore.open(args[0], SqlStore.Mode.CREATE)) {
            for (int i = 0; ; i++) {
                String id = prefix + i;
                store.accessKeys().insert(key(id, "fx"), List.of(scope("fx")), List.of(event("key.create", id)));
                System.out.print(id + WHOLE + "\n");
                if (System.out.checkError()) {
                    return;
                }
            }
        }
    }
}
