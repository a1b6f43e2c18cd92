package dev.latchkey.sql;

import dev.latchkey.accesskey.TokenSizeRule;
import dev.latchkey.accesskey.importing.AccessKeyImport;
import dev.latchkey.accesskey.importing.ImportListener;
import dev.latchkey.accesskey.importing.ImportSource;
import dev.latchkey.harness.Processes;
import dev.latchkey.json.JsonSyntaxException;
import dev.latchkey.permission.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** A process that imports a file until half of its keys are written, says so, and waits to be killed. */
final class ImportingProcess {
    /** What it prints when it is half way. */
    static final String HALF = "half";

    private ImportingProcess() {}

    static Process start(String db, Path file) throws IOException {
        return Processes.java(ImportingProcess.class, db, file.toString());
    }

    public static void main(String[] args) throws JsonSyntaxException {
        Path file = Path.of(args[1]);
        ImportSource source = () -> Files.newInputStream(file);
        try (SqlStore store = SqlStore.open(args[0], SqlStore.Mode.EXISTING)) {
            AccessKeyImport imports =
                    new AccessKeyImport(store.imports(), Clock.systemUTC(), new TokenSizeRule((id, settings) -> 0));
            AccessKeyImport.Rules rules = new AccessKeyImport.Rules(false, false).pruning();
            var unused = imports.run(Actor.operator("test"), source, rules, new ImportListener() {
                @Override
                public void progress(long rows, long all) {
                    if (2 * rows >= all) {
                        System.out.println(HALF);
                        awaitTheEnd();
                    }
                }
            });
        }
    }

    /** Nothing comes from standard input, and its end is not before the other process ends this one. */
    private static void awaitTheEnd() {
        try {
            int unused = System.in.read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
